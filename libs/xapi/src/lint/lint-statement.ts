import { type Context, CONTEXT_ACTIVITY_KINDS, type Statement, type SubStatement } from '../statement.js';
import { child, type StatementError } from '../validation/errors.js';

/** What a valid statement does that it SHOULD not, with the section of xAPI 1.0.3, part two, that says so. */
export interface Advice extends StatementError {
  readonly section: string;
}

const CMI_INTERACTION = 'http://adlnet.gov/expapi/activities/cmi.interaction';
const ZONE = /(?:Z|[+-]\d\d(?::?\d\d)?)$/;
const FINER_THAN_HUNDREDTHS = /[.,]\d{3,}S$/;

/**
 * What a platform could do better in a statement that is valid: nothing of it is a reason to refuse the statement.
 *
 * @example lintStatement(statement).map(({ path }) => path) // => ['id', 'verb.display']
 */
export function lintStatement(statement: Statement): readonly Advice[] {
  const found: Advice[] = [];
  const say = (section: string, path: string, message: string) => void found.push({ section, path, message });
  if (statement.id === undefined)
    say('2.4.1', 'id', 'should be made by the sender, who can then send the statement again without storing it twice');
  if (statement.version !== undefined) say('2.4.10', 'version', 'should be left to the store');
  lintInner(statement, '', say);
  lintEmpty(statement, '', say);
  return found;
}

type Say = (section: string, path: string, message: string) => void;

function lintInner(statement: Statement | SubStatement, at: string, say: Say): void {
  const { verb, object, result, context, timestamp } = statement;
  if (verb.display === undefined) say('2.4.3', `${at}verb.display`, 'should say in words what the verb means');
  if (object.objectType === undefined) say('2.4.4', `${at}object.objectType`, 'should be there');
  if (timestamp !== undefined && !ZONE.test(timestamp)) say('4.5', `${at}timestamp`, 'should have a time zone: it is read as UTC');
  if (result?.duration !== undefined && FINER_THAN_HUNDREDTHS.test(result.duration)) {
    say('4.6', `${at}result.duration`, 'should not be finer than hundredths of a second: they are not compared');
  }
  const score = result?.score;
  if (score?.raw !== undefined && score.max !== undefined && score.scaled === undefined) say('2.4.5.1', `${at}result.score.scaled`, 'should be there, since raw and max are known'); // prettier-ignore
  if (context !== undefined) lintContext(context, at, say);
  if (object.objectType === 'SubStatement') lintInner(object, `${at}object.`, say);
  else if (object.objectType === undefined || object.objectType === 'Activity') {
    const { definition } = object;
    if (definition?.interactionType !== undefined && definition.type !== CMI_INTERACTION) say('2.4.4.1', `${at}object.definition.type`, `of an interaction should be ${CMI_INTERACTION}`); // prettier-ignore
  }
}

function lintContext({ contextActivities }: Context, at: string, say: Say): void {
  for (const kind of CONTEXT_ACTIVITY_KINDS) {
    const value = contextActivities?.[kind];
    if (value !== undefined && !Array.isArray(value)) say('2.4.6.2', `${at}context.contextActivities.${kind}`, 'should be a list');
  }
}

/** Extensions are their owners' business. */
function lintEmpty(value: object, at: string, say: Say): void {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'object' || inner === null) continue;
    const path = child(at, Array.isArray(value) ? Number(key) : key);
    if (!Array.isArray(inner) && Object.keys(inner as object).length === 0) say('2.2', path, 'should be left out rather than empty');
    else if (key !== 'extensions') lintEmpty(inner as object, path, say);
  }
}
