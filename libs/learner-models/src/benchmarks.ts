/** Second door, for the benchmarks: one function per speed that is promised. Each takes a clock, since this room has none. */
export { benchGlassBoxMillion, benchGlassBoxOulad } from './glass-box/glass-box.bench.js';
export { benchLogisticMillion } from './logistic/l2-logistic.bench.js';
export { benchScoring, type Measured } from './scoring.bench.js';
export { benchSparseMillion, benchSparseSolver } from './knowledge/regression/sparse-logistic.bench.js';
export { benchMastery, type MasteryFigures } from './knowledge/mastery.bench.js';
