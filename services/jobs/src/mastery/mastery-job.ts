import { factId, type NewFact } from '@pharos/facts';
import { type Champion, chooseChampion, isModelError, learnedHash, type LearnerAttempts, priorKnowledge } from '@pharos/learner-models';
import { allAnswers, itemPlacements, knowledgeVersions, Placements } from '@pharos/warehouse';
import { type Job, type JobScope } from '../running/job.js';

/** The plainer ones first; what remembers most is tried where there is enough to learn from. */
const AMONG = ['elo', 'bkt', 'best-lr'];
const WITH_BOOSTING = [...AMONG, 'boosted'];
const ENOUGH_TO_BOOST = 5_000;
/** Learned values that a message of the log can carry. */
const LARGEST_BYTES = 900_000;
/** So much later than now does a new version hold: longer than an append may take, so that nothing recorded before can be read with it. */
const HOLDS_AFTER_MS = 60_000;

/**
 * Chooses the model of knowledge of each subject anew, and says from when it holds. The figures of every candidate stand in the fact. Where the one in use stays
 * the best kind, it is learned anew from what came in; where nothing beats the baseline, nothing is said.
 */
export const masteryJob: Job = {
  name: 'mastery',
  about: 'chooses and learns the model that answers of each subject are read with',
  cron: '30 2 * * 0',
  async run(scope) {
    const subjects = await historiesBySubject(scope);
    let chosen = 0;
    let answers = 0;
    for (const [subject, learners] of subjects) {
      answers += learners.reduce((sum, { attempts }) => sum + attempts.length, 0);
      const fact = await versionOf(scope, subject, learners);
      if (!fact) continue;
      await scope.home.log.append([fact]);
      chosen += 1;
    }
    return { subjects: subjects.size, answers, chosen };
  },
};

/** Answers known by the run's moment, by subject and learner; those that belong to no subject are read with the baseline. */
async function historiesBySubject({ warehouse, asOf, positions }: JobScope): Promise<ReadonlyMap<string, readonly LearnerAttempts[]>> {
  const view = { asOf, positions: positions.offsets };
  const placements = new Placements(await warehouse.ask(itemPlacements(), 'jobs'));
  const subjects = new Map<string, Map<string, LearnerAttempts['attempts'][number][]>>();
  for (const { learner, activity, correct, at, recordedAt } of await warehouse.ask(allAnswers(view), 'jobs')) {
    const placed = placements.at(activity, recordedAt);
    if (!placed || placed.skills.length === 0) continue;
    let learners = subjects.get(placed.subject);
    if (!learners) subjects.set(placed.subject, (learners = new Map<string, LearnerAttempts['attempts'][number][]>()));
    const own = learners.get(learner) ?? [];
    learners.set(learner, own);
    own.push({ item: activity, skills: placed.skills, at: at / 1000, correct });
  }
  return new Map(
    [...subjects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([subject, learners]) => [
      subject,
      [...learners].map(([learner, attempts]) => ({ learner, attempts: attempts.sort((a, b) => a.at - b.at) })),
    ]),
  ); // prettier-ignore
}

async function versionOf(scope: JobScope, subject: string, learners: readonly LearnerAttempts[]): Promise<NewFact | undefined> {
  const answers = learners.reduce((sum, { attempts }) => sum + attempts.length, 0);
  let champion: Champion | null;
  try {
    const among = answers < ENOUGH_TO_BOOST ? AMONG : WITH_BOOSTING;
    ({ champion } = chooseChampion(learners, { seed: scope.seed, among, baseline: priorKnowledge('', 0) }));
  } catch (error) {
    // Too little to learn from is a state of the tenant: answers go on being read as they were.
    if (isModelError(error) && error.code === 'too-few-rows') return undefined;
    throw error;
  }
  if (!champion) return undefined;
  const model = learnedHash(champion.learned);
  const inForce = (await scope.warehouse.ask(knowledgeVersions(), 'jobs')).findLast((version) => version.subject === subject);
  if (inForce?.model === model) return undefined;
  const bytes = Buffer.byteLength(JSON.stringify(champion.learned));
  if (bytes > LARGEST_BYTES) {
    scope.home.logger.warn({ subject, kind: champion.kind, bytes }, 'a model of knowledge is too large for the log; answers go on being read as they were');
    return undefined;
  }
  const { kind, learned, evaluation } = champion;
  const now = scope.home.now().getTime();
  return {
    id: factId('mastery', scope.tenant, scope.asOf, subject),
    type: 'KnowledgeSet',
    version: 1,
    tenant: scope.tenant,
    key: scope.tenant,
    occurredAt: scope.asOf,
    data: {
      model, kind, subject, holdsFrom: new Date(now + HOLDS_AFTER_MS).toISOString(), answers, learners: learners.length, learned,
      evaluation: evaluation.map(({ ece, reliability, ...figures }) => ({
        ...figures,
        calibrationError: ece,
        reliability: reliability.map(({ from, to, count, meanProbability, rate }) => ({ from, to, answers: count, predicted: meanProbability, observed: rate })),
      })),
    },
  };
} // prettier-ignore
