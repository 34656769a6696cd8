import { type Reason } from '@pharos/facts';
import { type StruggleSign, struggleSigns, type WatchedAnswer } from '@pharos/learner-models';
import { itemPlacements, paceOfItems, Placements, timeFactorsOf, watchedAnswers } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';

/**
 * Signs of struggle in what learners practise, as reasons. They push no score: they stand below the model's own reasons, because they tell a counselor what to
 * talk about. A long silence is left to the reason about days without activity, which sees more than practice.
 *
 * @param learners canonical tokens
 * @returns signs by learner; learners without any are left out
 */
export async function readStruggles({ warehouse, asOf, positions }: Pick<JobScope, 'warehouse' | 'asOf' | 'positions'>, learners: readonly string[]): Promise<ReadonlyMap<string, readonly StruggleSign[]>> {
  const view = { asOf, positions: positions.offsets };
  const answers = learners.length === 0 ? [] : await warehouse.ask(watchedAnswers(learners, view), 'jobs');
  if (answers.length === 0) return new Map();
  const [placed, paces, factors] = await Promise.all([
    warehouse.ask(itemPlacements(), 'jobs'),
    warehouse.ask(paceOfItems([...new Set(answers.map(({ activity }) => activity))], view), 'jobs'),
    warehouse.ask(timeFactorsOf(learners, view), 'jobs'),
  ]);
  const placements = new Placements(placed);
  const paceOf = new Map(paces.map((pace) => [pace.activity, pace]));
  const factorOf = new Map(factors.map(({ learner, factor }) => [learner, factor]));
  const watched = answers.flatMap(({ learner, activity, skills, correct, at, recordedAt, seconds, hints }) => {
    const pace = paceOf.get(activity);
    const skill = (placements.at(activity, recordedAt)?.skills ?? skills)[0];
    if (skill === undefined) return [];
    const answer: WatchedAnswer = { skill, at, correct, seconds, hints, ladder: pace?.hints ?? 0, ...(pace && { usualSeconds: pace.seconds }) };
    return [{ learner, answer }];
  });
  const found = [...Map.groupBy(watched, ({ learner }) => learner)].map(([learner, own]) => {
    const signs = struggleSigns(own.map(({ answer }) => answer), { now: Date.parse(asOf), timeFactor: factorOf.get(learner) ?? 1 });
    return [learner, signs.filter(({ code }) => code !== 'long-silence')] as const;
  });
  return new Map(found.filter(([, signs]) => signs.length > 0));
} // prettier-ignore

/**
 * Signs as reasons of a class, one per kind. They carry no skill's name: names are the tenant's content, and may be told where the learner is shown.
 *
 * @example struggleReasons('AAA', [{ code: 'rapid-guessing', share: 0.4, answers: 30 }])[0].params // => { percent: 40, answers: 30 }
 */
export function struggleReasons(inClass: string, signs: readonly StruggleSign[]): readonly Reason[] {
  const reason = (code: string, params: Reason['params']): Reason => ({ code, class: inClass, params, logOdds: 0, features: [] });
  const spinning = signs.filter((sign) => sign.code === 'wheel-spinning');
  const answers = spinning.reduce((sum, sign) => sum + sign.answers, 0);
  const percent = (share: number): number => Math.round(100 * share);
  return [
    ...(spinning.length > 0 ? [reason('wheel-spinning', { skills: spinning.length, answers })] : []),
    ...signs.flatMap((sign) => {
      if (sign.code === 'rapid-guessing') return [reason(sign.code, { percent: percent(sign.share), answers: sign.answers })];
      return sign.code === 'hint-abuse' ? [reason('hints-clicked', { percent: percent(sign.share), answers: sign.answers })] : [];
    }),
  ];
}
