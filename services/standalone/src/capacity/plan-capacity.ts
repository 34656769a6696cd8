/** What one part can do, as measured (infra/capacity.md says where and when). */
export interface Measured {
  /** CPU of a statement at the door, in microseconds: ingest, brokers, PostgreSQL. */
  readonly doorCpuMicros: { readonly ingest: number; readonly brokers: number; readonly postgres: number };
  /** Statements that one projector folds in a second. */
  readonly foldPerSecond: number;
  /** Bytes of one statement in one replica of the log, compressed. */
  readonly logBytes: number;
  /** Bytes of one statement in one replica of the warehouse, all tables. */
  readonly warehouseBytes: number;
}

export interface Demand {
  readonly learners: number;
  readonly statementsPerDay: number;
  readonly years: number;
  /** How much more than the day's mean comes in the busiest minute. School days are 8 hours long, and lessons begin together. */
  readonly peakFactor: number;
  readonly replicas: number;
}

export interface CapacityPlan {
  readonly meanPerSecond: number;
  readonly peakPerSecond: number;
  readonly statements: number;
  /** Cores that are busy at the peak; twice as many are planned, so that half of them may fail. */
  readonly doorCores: { readonly ingest: number; readonly brokers: number; readonly postgres: number };
  readonly partitions: number;
  readonly logTerabytes: number;
  readonly warehouseTerabytes: number;
  /** Share of one projector's speed that the mean and the peak take. Above 1 at the mean the tables never catch up. */
  readonly foldShare: { readonly mean: number; readonly peak: number };
  /** How long after an hour's outage of the fold the tables are up to date again, while the mean goes on; undefined for never. */
  readonly catchUpMinutes: number | undefined;
  /** What has to be changed before this demand can be met; empty when nothing has. */
  readonly limits: readonly string[];
}

const DAY_SECONDS = 86_400;
/** A partition's leader takes one batch at a time; so many statements a second keep its latency low. */
const PER_PARTITION = 2_000;
const LEAST_PARTITIONS = 12;
const TERABYTE = 1e12;

/**
 * What a demand needs, from what was measured. Linear: it says where the order of magnitude lies, and a trial says the rest.
 *
 * @throws RangeError for a demand that is not positive
 * @example planCapacity({ learners: 2e6, statementsPerDay: 1e8, years: 5, peakFactor: 6, replicas: 3 }, measured).peakPerSecond // => 6944
 */
export function planCapacity(demand: Demand, measured: Measured): CapacityPlan {
  for (const [name, value] of Object.entries(demand)) if (!(value > 0)) throw new RangeError(`${name} must be above 0, it is ${value}`);
  const meanPerSecond = demand.statementsPerDay / DAY_SECONDS;
  const peakPerSecond = meanPerSecond * demand.peakFactor;
  const statements = demand.statementsPerDay * 365 * demand.years;
  const cores = (micros: number): number => (peakPerSecond * micros) / 1e6;
  const { ingest, brokers, postgres } = measured.doorCpuMicros;
  const foldShare = { mean: meanPerSecond / measured.foldPerSecond, peak: peakPerSecond / measured.foldPerSecond };
  const spare = measured.foldPerSecond - meanPerSecond;
  const limits = [
    ...(foldShare.mean >= 1 ? ['one projector does not keep up with the mean and the tables never catch up: let several share the partitions (ADR 0053)'] : []),
    ...(foldShare.mean < 1 && foldShare.peak > 1 ? ['the tables fall behind in the busiest minutes and catch up afterwards'] : []),
    ...(cores(postgres) > 8 ? ['claims take more than 8 cores of one PostgreSQL: split tenants over several installations'] : []),
  ];
  return {
    meanPerSecond,
    peakPerSecond,
    statements,
    doorCores: { ingest: cores(ingest), brokers: cores(brokers), postgres: cores(postgres) },
    partitions: Math.max(LEAST_PARTITIONS, Math.ceil(peakPerSecond / PER_PARTITION)),
    logTerabytes: (statements * measured.logBytes * demand.replicas) / TERABYTE,
    warehouseTerabytes: (statements * measured.warehouseBytes * demand.replicas) / TERABYTE,
    foldShare,
    catchUpMinutes: spare > 0 ? (meanPerSecond * 60) / spare : undefined,
    limits,
  };
}
