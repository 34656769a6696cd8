import { type SentDefinition } from '@pharos/warehouse';
import { type ActivityDefinition, definedActivities, PARTLY_SEALED_KEY } from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { answerStatements, type LoggedStatement, SEALED_TEXT, statementAt } from '../door/read-statement.js';
import { readingRights } from './access.js';
import { identityRead } from './identity-read.js';
import { type Caller } from './reply.js';

interface Opening {
  readonly door: Door;
  readonly caller: Caller;
  readonly why?: string;
}

type Stored = ActivityDefinition & { readonly [PARTLY_SEALED_KEY]?: true };

/**
 * Definitions as they were sent, for those who may see what is sealed of them: those parts stand in the statement where the
 * definition was said. For others, and after an erasure, they are left out. Whoever is shown them leaves a trace.
 *
 * @returns in the order given
 */
export async function openDefinitions(opening: Opening, said: readonly SentDefinition[]): Promise<readonly ActivityDefinition[]> {
  const stored = said.map(({ definition }) => JSON.parse(definition) as Stored);
  const places = said.filter((_, index) => stored[index]![PARTLY_SEALED_KEY] === true);
  const whole = places.length === 0 ? new Map<SentDefinition, ActivityDefinition>() : await fromStatements(opening, places);
  return said.map((one, index) => {
    const { [PARTLY_SEALED_KEY]: _partly, ...open } = stored[index]!;
    return whole.get(one) ?? open;
  });
}

async function fromStatements(
  { door, caller, why }: Opening,
  places: readonly SentDefinition[],
): Promise<ReadonlyMap<SentDefinition, ActivityDefinition>> {
  const { credential } = caller;
  const { withIdentities } = readingRights(credential);
  const found = await Promise.all(
    places.map(
      async (place) =>
        [place, await statementAt(door.log, { topic: 'statements', partition: place.partition, offset: place.offset })] as const,
    ),
  );
  const readable = found.filter(
    (each): each is readonly [SentDefinition, LoggedStatement] => each[1] !== undefined && withIdentities(each[1].data.credential),
  );
  if (readable.length === 0) return new Map();
  const answered = await answerStatements(
    door.vault,
    credential.tenant,
    readable.map(([, logged]) => logged),
    withIdentities,
  );
  const shows = [...new Set(answered.flatMap((each) => each.shows))];
  if (shows.length > 0) await door.log.append([identityRead(door, caller, shows, why)]);
  const whole = new Map<SentDefinition, ActivityDefinition>();
  readable.forEach(([place], index) => {
    const defined = definedActivities(answered[index]!.statement as never).findLast(({ id }) => id === place.activity);
    // After an erasure something else stands in the place of what was sealed.
    if (defined !== undefined && !JSON.stringify(defined.definition).includes(`"${SEALED_TEXT}"`)) whole.set(place, defined.definition);
  });
  return whole;
}
