/** What is asked of a group, and how it looks when it may not be shown. */
export interface GroupDisclosure<Group, Shown> {
  readonly minimum: number;
  /** People (or rows) of the group. */
  readonly countOf: (group: Group) => number;
  /** The numbers that add up to the group: none may be of one or two people. */
  readonly parts: (group: Group) => readonly number[];
  readonly hide: (group: Group) => Shown;
}

/** Fewer people than this on one side of a rate name them. */
const EITHER_SIDE = 3;

/**
 * The groups of a list as they may be shown. A group is hidden that is under the minimum, or one of whose parts is of fewer than three
 * people; where only one is hidden, the smallest other one is hidden with it, so that the whole less the rest says nothing. O(n log n).
 *
 * @example discloseGroups(groups, { minimum: 10, countOf: ({ n }) => n, parts: ({ named, n }) => [named, n - named], hide })
 */
export function discloseGroups<Group, Shown>(groups: readonly Group[], about: GroupDisclosure<Group, Shown>): (Group | Shown)[] {
  const hidden = new Set(groups.filter((group) => about.countOf(group) < about.minimum || about.parts(group).some((part) => part < EITHER_SIDE)));
  if (hidden.size === 1) {
    const [next] = groups.filter((group) => !hidden.has(group)).sort((a, b) => about.countOf(a) - about.countOf(b));
    if (next !== undefined) hidden.add(next);
  }
  return groups.map((group) => (hidden.has(group) ? about.hide(group) : group));
}
