import { type GateDecision, type Observation } from '@pharos/contract';

/** A model left what its backtest had promised, and nobody has decided about models since. */
export interface OpenConcern {
  readonly observation: Observation;
  /** Names of the figures that left for good or bad, in their order. */
  readonly figures: readonly Observation['figures'][number]['name'][];
}

/**
 * Concerns of the latest observation that nobody has answered yet. One is answered when a person promotes or rejects a model of the same
 * target after it, or when the classes that ended next did as promised.
 *
 * @param observations newest first
 * @param decisions newest first
 * @example openConcerns(observations, decisions).length // => 1
 */
export function openConcerns(observations: readonly Observation[], decisions: readonly GateDecision[]): readonly OpenConcern[] {
  const latest = observations[0]?.asOf;
  return observations
    .filter((one) => one.asOf === latest && one.concern)
    .filter(({ target, at }) => !decisions.some((decision) => decision.by !== 'gate' && decision.target === target && decision.at > at))
    .map((observation) => ({ observation, figures: observation.figures.flatMap(({ name, outside }) => (outside ? [name] : [])) }));
}
