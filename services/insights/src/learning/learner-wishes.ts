import { type Standing } from '@pharos/learner-models';
import { type LearningRecord, type TenantRegistry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Shelf } from '../practice/content-shelf.js';

/** Words count for two weeks, and the latest of a skill counts most. */
const WORDS_LAST_MS = 14 * 86_400_000;
/** Log odds of one word: from the middle of the band to about its end, as for a wish on the page. */
const WORD = { 'too-hard': -0.6, 'too-easy': 0.6 } as const;
/** However often it is said. */
const FURTHEST = 1.2;

/** What people said that changes what comes next for one learner. */
export interface Wishes {
  readonly wishes: ReadonlyMap<string, number>;
  readonly liked: ReadonlySet<string>;
  readonly paths: readonly { readonly path: string; readonly skills: readonly string[]; readonly locked: boolean }[];
  readonly override?: string;
  /** Skills that a placement test found known and that nothing was answered of since. */
  readonly placed: ReadonlyMap<string, Standing>;
}

/** A placed skill is taken as known, and looked at again after two weeks: what was skipped wrongly comes to light. */
const PLACED_CHANCE = 0.8;
const PLACED_REVIEW_MS = 14 * 86_400_000;

/** What placement tests found, as standings without evidence. @param tests latest first */
export function placedStandings(tests: readonly Pick<LearningRecord<'assessment'>, 'data' | 'changedAt'>[]): ReadonlyMap<string, Standing> {
  return new Map(
    [...tests].reverse().flatMap(({ data, changedAt }) => {
      const at = Date.parse(changedAt);
      const standing = { chance: PLACED_CHANCE, interval: { low: 0.6, high: 0.9 }, evidence: 0, lastAt: at, reviewAt: at + PLACED_REVIEW_MS, run: 0 };
      return (data.placed ?? []).map((skill): [string, Standing] => [skill, standing]);
    }),
  );
} // prettier-ignore

/**
 * Log odds by skill from "too hard" and "too easy", later words over earlier ones: half of what was said before stays with each new word.
 *
 * @example wishesOf([{ say: 'too-hard', skill: 'add', at: now }], now).get('add') // => -0.6
 */
export function wishesOf(words: readonly { readonly say: keyof typeof WORD; readonly skill: string; readonly at: number }[], now: number): ReadonlyMap<string, number> {
  const wishes = new Map<string, number>();
  for (const { say, skill, at } of [...words].sort((a, b) => a.at - b.at)) {
    if (now - at > WORDS_LAST_MS || at > now) continue;
    const next = (wishes.get(skill) ?? 0) / 2 + WORD[say];
    wishes.set(skill, Math.max(-FURTHEST, Math.min(FURTHEST, next)));
  }
  return wishes;
} // prettier-ignore

/** Skills and items of what a learner likes: subjects, and topics of items. */
export function likedOf(interests: readonly string[], shelf: Pick<Shelf, 'skills' | 'items'>): ReadonlySet<string> {
  if (interests.length === 0) return new Set();
  const likes = new Set(interests);
  return new Set([
    ...shelf.skills.filter(({ subject }) => likes.has(subject)).map(({ skill }) => skill),
    ...shelf.items.filter(({ topics = [] }) => topics.some((topic) => likes.has(topic))).map(({ item }) => item),
  ]);
}

/** What there is to like, subjects first. */
export const interestChoices = ({ skills, items }: Pick<Shelf, 'skills' | 'items'>): string[] => [
  ...new Set([...skills.map(({ subject }) => subject), ...items.flatMap(({ topics = [] }) => topics)]),
];

/** Paths of a learner's classes that are for them. */
export const pathsFor = (paths: readonly LearningRecord<'path'>[], tokens: readonly string[]) =>
  paths.filter(({ data }) => data.learners === null || data.learners.some((one) => tokens.includes(one)));

/** Paths with the titles that their teachers wrote, opened. */
export const withTitles = (vault: Vault, tenant: string, paths: readonly LearningRecord<'path'>[]): Promise<LearningRecord<'path'>[]> =>
  Promise.all(
    paths.map(async (path) => ({ ...path, data: { ...path.data, title: await vault.unsealForTenant(tenant, path.data.title) } })),
  );

/** Reads what was said by and for a learner (canonical token). */
export async function wishesFor(own: TenantRegistry, vault: Vault, learner: string, shelf: Shelf, now: number): Promise<Wishes> {
  const { learning, access } = own;
  const learners = [learner];
  const [classes, tokens, words, interests, overrides, tests] = await Promise.all([
    access.classesOfLearner(learner),
    access.tokensOf(learner),
    learning.list('word', { learners, since: new Date(now - WORDS_LAST_MS).toISOString() }),
    learning.list('interests', { learners }, 1),
    learning.list('override', { learners, statuses: ['open'] }, 1),
    learning.list('assessment', { learners, statuses: ['done'] }, 20),
  ]);
  const paths = classes.length === 0 ? [] : await learning.list('path', { classes, statuses: ['open'] });
  const titled = await withTitles(vault, own.tenant, pathsFor(paths, tokens));
  const override = overrides[0]?.data;
  return {
    wishes: wishesOf(
      words.map(({ data, openedAt }) => ({ say: data.say, skill: data.skill, at: Date.parse(openedAt) })),
      now,
    ),
    liked: likedOf(interests[0]?.data.interests ?? [], shelf),
    paths: titled.map(({ data: { title, skills, locked } }) => ({ path: title, skills, locked })),
    placed: placedStandings(tests),
    ...(override !== undefined && Date.parse(override.until) > now ? { override: override.skill } : {}),
  };
}
