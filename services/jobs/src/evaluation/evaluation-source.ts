import { type Cut, type KnownAttribute, type KnownClass } from '@pharos/warehouse';
import { type FeatureRows } from '../features/feature-rows.js';
import { type Ending } from '../risk/target.js';

/** Where an evaluation takes its tables from: a tenant's warehouse, or the files of a published data set. */
export interface EvaluationSource {
  /** Classes as they were known at a moment, with the outcomes known then. */
  readonly classesAt: (asOf: string) => Promise<readonly KnownClass[]>;
  /** Every class that has ended, and how its enrolments did. */
  readonly ended: readonly KnownClass[];
  readonly outcomes: readonly Ending[];
  /** Protected attributes, for what they would have added; never features of a model that serves. */
  readonly attributes: readonly KnownAttribute[];
  /** Learners who are in the classes at their cuts, with nothing known that was not known then. */
  readonly features: (cuts: readonly Cut[]) => Promise<FeatureRows>;
}
