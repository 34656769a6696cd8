export { ModelError, isModelError, type ModelErrorCode } from './model-error.js';
export { createRandom, type Random } from './random.js';
export { canonicalJson, learnedHash } from './learned-hash.js';
export {
  asTraining,
  checkTable,
  rowsWhere,
  selectRows,
  type Column,
  type FeatureSpec,
  type LearnerTable,
  type TrainingTable,
} from './learner-table.js';
export {
  type Learned,
  type ModelKind,
  type PredictOptions,
  type Prediction,
  type RiskModel,
  type RiskScorer,
  type Term,
} from './risk-model.js';
export { logOddsOf, probabilityOf } from './log-odds.js';
export { personFolds } from './person-folds.js';
export { RiskRule, type LearnedRule, type RiskRuleSettings } from './risk-rule.js';
export { courseIndicators, districtIndicators, type RiskIndicator } from './risk-indicators.js';
export { L2Logistic, type L2LogisticSettings, type LearnedLogistic } from './logistic/l2-logistic.js';
export { GlassBox, type FeatureCurve, type LearnedGlassBox } from './glass-box/glass-box.js';
export { type GlassBoxSettings } from './glass-box/settings.js';
export { BlendedScorer, type LearnedBlend, RiskBlend } from './blend.js';
export { CourseEffects, type LearnedCourseEffects } from './course-effects.js';
export { CalibratedRisk, calibrate, type LearnedCalibration } from './calibrated-risk.js';
export { fitPlatt, type Platt } from './platt.js';
export { restoreScorer } from './restore-scorer.js';
export { heldOutBands, heldOutRate, type HeldOutBands, type HeldOutRate } from './held-out-rate.js';
export { rankOrder, type ScoredOutcomes } from './metrics/scored-outcomes.js';
export { rocAuc } from './metrics/roc-auc.js';
export { averagePrecision } from './metrics/average-precision.js';
export { topCount, topFraction, type TopShare } from './metrics/top-share.js';
export { brierScore } from './metrics/brier-score.js';
export { logLoss } from './metrics/log-loss.js';
export { expectedCalibrationError } from './metrics/expected-calibration-error.js';
export { reliabilityBins, type ReliabilityBin } from './metrics/reliability-bins.js';
export { calibrationLine } from './metrics/calibration-line.js';
export { normalTail } from './metrics/normal-tail.js';
export { wilsonInterval, type Interval } from './metrics/wilson-interval.js';
export {
  bootstrapByPerson,
  pairedDifference,
  type BootstrapSettings,
  type Estimate,
  type Metric,
  type PairedDifference,
} from './metrics/person-bootstrap.js';
export { populationStability } from './drift/population-stability.js';
export { kolmogorovSmirnov, type TwoSampleTest } from './drift/kolmogorov-smirnov.js';
export { benjaminiHochberg } from './drift/benjamini-hochberg.js';
export { featureDrift, type FeatureDrift } from './drift/feature-drift.js';
export { type GroupRates, groupRateOf, groupRates, type GroupRateSettings } from './encoding/group-rates.js';
export { reasonsOf, usualValues, type Reason } from './explain.js';
export { counterfactuals, type Counterfactual, type PossibleAction } from './counterfactual.js';
export {
  type Asked,
  type Attempt,
  type BatchKnowledgeModel,
  type KnowledgeKind,
  type KnowledgeModel,
  type LearnerAttempts,
} from './knowledge/knowledge-model.js';
export { type AnswerRow, checkHistories, historiesOf } from './knowledge/histories.js';
export { type Trace } from './knowledge/trace.js';
export { BoostedKnowledge, type LearnedBoosted } from './knowledge/boosted/boosted-knowledge.js';
export {
  type AnswerEvaluation,
  type AnswerMetrics,
  type Candidate,
  evaluateAnswers,
  foretell,
  learnerFold,
} from './knowledge/evaluate-answers.js';
export { PRIOR, priorKnowledge } from './knowledge/prior.js';
export { BASELINE, type Champion, type ChampionSettings, chooseChampion } from './knowledge/choose-champion.js';
export { candidates } from './knowledge/candidates.js';
export { restoreKnowledge } from './knowledge/restore-knowledge.js';
export { Elo, type EloState, type LearnedElo } from './knowledge/tracing/elo.js';
export { Bkt, type BktState, type LearnedBkt } from './knowledge/tracing/bkt.js';
export { type BktParameters, fitBkt } from './knowledge/tracing/bkt-em.js';
export { RegressionKnowledge, type LearnedRegression } from './knowledge/regression/regression-knowledge.js';
export { fitSparseLogistic, SparseBuilder, type SparseFit, type SparseRows } from './knowledge/regression/sparse-logistic.js';
export { type Ability, ItemResponse, type ItemResponseState, type LearnedItemResponse } from './knowledge/item-response/item-response.js';
export { fitItems, type ItemFit, type ItemParameters, type Responses } from './knowledge/item-response/fit-items.js';
export { afterAnswer, type Memory, retrievability, reviewAfter, SpacedMemory } from './knowledge/memory/spaced-memory.js';
export { HalfLife } from './knowledge/memory/half-life.js';
export { Blend } from './knowledge/blend.js';
export {
  levelOf,
  type LoggedAttempt,
  type MasteryLevel,
  masteryOf,
  remembered,
  type SkillMastery,
  usualLevels,
} from './knowledge/mastery.js';
export { assess, ASSESSMENT, type Assessment, type AssessmentAnswer, type AssessmentSettings, type BankItem } from './next/assessment.js';
export { type ComparedAnswer, type ItemFairness, mantelHaenszel } from './next/mantel-haenszel.js';
export { type LogisticFairness, logisticFairness } from './next/logistic-dif.js';
export { type OfferedAnswer, type OfferedFairly, offeredFairly, type OfferedGap } from './next/offered.js';
export {
  type Compared, type NextProof, PRACTICE_TRUTH, practicePolicies, type PracticePolicy, type PracticeTruth, proveNext, simulatePractice,
} from './next/proof-of-next.js'; // prettier-ignore
export {
  chooseNext,
  type NextActivity,
  type NextQuestion,
  type NextReason,
  type PracticeItem,
  type PracticeSkill,
  READY_AT,
  SUCCESS_BAND,
} from './next/next-activity.js';
export { type Lever, leversOf } from './next/levers.js';
export { type ClassStandings, readyToGoOn, type SharedGap, sharedGaps } from './next/class-gaps.js';
export { type Outlook, outlookOf, type OutlookQuestion, TEST_ITEMS } from './next/outlook.js';
export { coverageOfOutlook, type OutlookCoverage } from './next/simulated-outlook.js';
export { type GoalEffort, goalEffort, goalOutlook, type GoalStanding } from './next/goal-effort.js';
export { chooseNudge, isHeldOut, type NudgeReason, type NudgeState } from './next/nudge.js';
export {
  type FirstNudge,
  type NudgeEffect,
  nudgeEffect,
  type ReturnShare,
  simulateNudges,
  type SimulatedNudges,
} from './next/nudge-effect.js';
export { bankOf, PLACEMENT, placedOf, type PlacedSkill } from './next/placement.js';
export { type Streak, streakOf } from './next/streak.js';
export { type LikelyDays, likelyDays, type Path, type PathStep, pathTo } from './next/path.js';
export { type SkillAnswer, type Standing, standingOf } from './next/standing.js';
export { hintAbuseShare, type PacedAnswer, rapidGuessShare, wheelSpinning } from './next/struggle.js';
export { type StruggleSign, struggleSigns, type WatchedAnswer } from './next/struggle-signs.js';
export { type DetectorPrecision, precisionOfDetectors } from './next/simulated-struggle.js';
