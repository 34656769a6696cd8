import { type Measured } from './plan-capacity.js';

/** What `npm run bench:cluster` measured; infra/capacity.md says under which load. Give those of your machines with --measured. */
export const measuredHere: Measured = {
  doorCpuMicros: { ingest: 102, brokers: 59, postgres: 36 },
  foldPerSecond: 8_127,
  logBytes: 195,
  warehouseBytes: 937,
};
