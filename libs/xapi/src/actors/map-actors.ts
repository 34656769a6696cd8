/**
 * The one walk over every place of a statement that holds an agent or a group. Untouched parts are shared with the
 * original, not copied, and where nothing changes the original itself comes back.
 */
type Loose = Readonly<Record<string, unknown>>;

/** Gives back the object that stands in the place of an agent or group; the same object where nothing changes. */
export type ActorMapping = (actor: Loose) => Loose;

function withKey(parent: Loose, key: string, mapped: unknown): Loose {
  return parent[key] === mapped ? parent : { ...parent, [key]: mapped };
}

function mapList(list: readonly Loose[], mapItem: (item: Loose) => Loose): readonly Loose[] {
  let copy: Loose[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = list[index]!;
    const mapped = mapItem(item);
    if (copy === undefined && mapped !== item) copy = list.slice(0, index);
    copy?.push(mapped);
  }
  return copy ?? list;
}

/** Members first, so that the group is seen with its members already mapped. */
function mapActor(actor: Loose, mapping: ActorMapping): Loose {
  const members = actor.member as readonly Loose[] | undefined;
  return mapping(members === undefined ? actor : withKey(actor, 'member', mapList(members, mapping)));
}

function mapContext(context: Loose, mapping: ActorMapping): Loose {
  let mapped = context;
  for (const key of ['instructor', 'team'] as const) {
    const actor = context[key] as Loose | undefined;
    if (actor !== undefined) mapped = withKey(mapped, key, mapActor(actor, mapping));
  }
  for (const [key, holds] of [
    ['contextAgents', 'agent'],
    ['contextGroups', 'group'],
  ] as const) {
    const list = context[key] as readonly Loose[] | undefined;
    if (list === undefined) continue;
    mapped = withKey(
      mapped,
      key,
      mapList(list, (item) => withKey(item, holds, mapActor(item[holds] as Loose, mapping))),
    );
  }
  return mapped;
}

function mapObject(object: Loose, mapping: ActorMapping): Loose {
  const { objectType } = object;
  if (objectType === 'Agent' || objectType === 'Group') return mapActor(object, mapping);
  return objectType === 'SubStatement' ? mapActors(object, mapping) : object;
}

/** Maps every agent and group of a valid statement or sub-statement; authority included, group members too. */
export function mapActors(statement: Loose, mapping: ActorMapping): Loose {
  let mapped = withKey(statement, 'actor', mapActor(statement.actor as Loose, mapping));
  mapped = withKey(mapped, 'object', mapObject(statement.object as Loose, mapping));
  const { context, authority } = statement;
  if (context !== undefined) mapped = withKey(mapped, 'context', mapContext(context as Loose, mapping));
  if (authority !== undefined) mapped = withKey(mapped, 'authority', mapActor(authority as Loose, mapping));
  return mapped;
}
