/** A page over tokens, in token order. `after`: the last token of the page before. */
export interface TokenPage {
  readonly after?: string;
  /** Default 1,000. */
  readonly limit?: number;
}

/**
 * Who may see whom, folded from roster facts. Learner tokens are canonical: links found later are already followed.
 */
export interface AccessTables {
  /** Learners of a counselor's caseload. */
  learnersOfCounselor(counselor: string, page?: TokenPage): Promise<readonly string[]>;
  /** The counselor of each learner; missing where there is none. */
  counselorsOf(learners: readonly string[]): Promise<ReadonlyMap<string, { readonly counselor: string; readonly school: string }>>;
  /** Classes that a teacher has now. */
  classesOfTeacher(teacher: string): Promise<readonly string[]>;
  /** Learners who are in any of the classes now. */
  learnersOfClasses(classes: readonly string[], page?: TokenPage): Promise<readonly string[]>;
  /** Classes that a learner is in now. */
  classesOfLearner(learner: string): Promise<readonly string[]>;
  /** Those of the learners who are in the counselor's caseload. One query, for checks. */
  amongCounselors(counselor: string, learners: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of the learners who are in a class of the teacher now. */
  amongTeachers(teacher: string, learners: readonly string[]): Promise<ReadonlySet<string>>;
  /** Learners of a guardian. */
  learnersOfGuardian(guardian: string): Promise<readonly string[]>;
  /** Sets a guardian's learner. No roster fact speaks of guardians yet: an admin's act. */
  setGuardian(guardian: string, learner: string, active: boolean): Promise<void>;
  /** The token that stands for each learner now: itself where no link is known. Same order. */
  canonical(learners: readonly string[]): Promise<readonly string[]>;
  /** All tokens that stand for this learner, the canonical one first. */
  tokensOf(canonical: string): Promise<readonly string[]>;
}
