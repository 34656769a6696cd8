import { type IdentifiedActor, isIdentified } from '../actors/identity.js';
import { canonicalJson } from '../canonical-json.js';
import { comparableDuration } from '../formats/duration.js';
import { instantOf } from '../formats/timestamp.js';
import {
  type Activity,
  type Actor,
  type Attachment,
  type Context,
  CONTEXT_ACTIVITY_KINDS,
  isActivity,
  type Result,
  type Statement,
  type SubStatement,
} from '../statement.js';

/** Gives the string under which an identified agent or group is compared. */
export type ActorKeyOf = (actor: IdentifiedActor) => string;

/*
 * The content of a statement as text: equal text for statements that part two, 2.3.1, calls equal. Each part is written
 * by hand in a fixed order with a letter before it, because it is an order of magnitude cheaper than sorting keys.
 */

const quoted = (text: string): string => JSON.stringify(text);

/** Tokens alone, no names: a name would let who holds the key test guesses about an erased person. */
function actorText(actor: Actor, keyOf: ActorKeyOf): string {
  const members = 'member' in actor ? actor.member : undefined;
  // A group's members have no order.
  const sorted =
    members === undefined
      ? ''
      : `[${members
          .map((member) => actorText(member, keyOf))
          .sort()
          .join(',')}]`;
  const kind = actor.objectType === 'Group' ? 'G' : 'A';
  return isIdentified(actor) ? `${kind}${quoted(keyOf(actor))}${sorted}` : `${kind}${sorted}`;
}

/** The id alone: an activity's definition is not part of the statement, and objectType has a default. */
function activitiesText(activities: Activity | readonly Activity[]): string {
  if ('id' in activities) return quoted(activities.id);
  let text = '';
  for (const { id } of activities) text += `${quoted(id)},`;
  return text.slice(0, -1);
}

function resultText({ duration, score, response, success, completion, extensions }: Result): string {
  let text = '';
  if (score !== undefined) text += `s${canonicalJson(score)}`;
  if (success !== undefined) text += success ? 'y' : 'n';
  if (completion !== undefined) text += completion ? 'c' : 'i';
  if (response !== undefined) text += `r${quoted(response)}`;
  if (duration !== undefined) text += `d${comparableDuration(duration)}`;
  if (extensions !== undefined) text += `e${canonicalJson(extensions)}`;
  return text;
}

function contextText(context: Context, keyOf: ActorKeyOf): string {
  let text = '';
  if (context.registration !== undefined) text += `r${context.registration.toLowerCase()}`;
  if (context.instructor !== undefined) text += `i${actorText(context.instructor, keyOf)}`;
  if (context.team !== undefined) text += `t${actorText(context.team, keyOf)}`;
  if (context.contextActivities !== undefined) {
    for (const kind of CONTEXT_ACTIVITY_KINDS) {
      const activities = context.contextActivities[kind];
      if (activities !== undefined) text += `${kind}[${activitiesText(activities)}]`;
    }
  }
  for (const { agent, relevantTypes } of context.contextAgents ?? [])
    text += `a${actorText(agent, keyOf)}${canonicalJson(relevantTypes ?? null)}`;
  for (const { group, relevantTypes } of context.contextGroups ?? [])
    text += `g${actorText(group, keyOf)}${canonicalJson(relevantTypes ?? null)}`;
  if (context.revision !== undefined) text += `v${quoted(context.revision)}`;
  if (context.platform !== undefined) text += `p${quoted(context.platform)}`;
  if (context.language !== undefined) text += `l${quoted(context.language.toLowerCase())}`;
  if (context.statement !== undefined) text += `s${context.statement.id.toLowerCase()}`;
  if (context.extensions !== undefined) text += `e${canonicalJson(context.extensions)}`;
  return text;
}

function objectText(object: Statement['object'], keyOf: ActorKeyOf): string {
  if (isActivity(object)) return `V${quoted(object.id)}`;
  switch (object.objectType) {
    case 'Agent':
    case 'Group':
      return actorText(object, keyOf);
    case 'StatementRef':
      return `R${object.id.toLowerCase()}`;
    case 'SubStatement':
      return `S{${comparableText(object, keyOf)}}`;
  }
}

function momentText(timestamp: string): string {
  const instant = instantOf(timestamp);
  return instant === undefined ? quoted(timestamp) : `${instant.seconds}.${instant.fraction}`;
}

const attachmentText = (attachment: Attachment): string => canonicalJson({ ...attachment, sha2: attachment.sha2.toLowerCase() });

/** See above. Leaves out id, authority, stored, version, verb display, definitions; `timestamp` where told so. */
export function comparableText(statement: Statement | SubStatement, keyOf: ActorKeyOf, omitTimestamp = false): string {
  let text = `A${actorText(statement.actor, keyOf)}V${quoted(statement.verb.id)}O${objectText(statement.object, keyOf)}`;
  if (statement.result !== undefined) text += `R{${resultText(statement.result)}}`;
  if (statement.context !== undefined) text += `C{${contextText(statement.context, keyOf)}}`;
  if (statement.timestamp !== undefined && !omitTimestamp) text += `T${momentText(statement.timestamp)}`;
  if (statement.attachments !== undefined) text += `F[${statement.attachments.map(attachmentText).join(',')}]`;
  return text;
}
