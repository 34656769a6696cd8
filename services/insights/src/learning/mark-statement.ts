interface Marked {
  /** Id of the fact: the statement of a mark is sent once under it. */
  readonly id: string;
  /** Statement that was marked. */
  readonly answer: string;
  readonly mbox: string;
  readonly item: string;
  readonly share: number;
  /** When the answer was given: knowledge is of that moment, not of the marking. */
  readonly at: string;
}

/** Share from which a marked answer counts as right. */
const RIGHT_FROM = 0.75;

/** A teacher's mark as the xAPI statement that any platform would send. */
export const markStatement = ({ id, answer, mbox, item, share, at }: Marked): Readonly<Record<string, unknown>> => ({
  id,
  actor: { objectType: 'Agent', mbox },
  verb: { id: 'http://adlnet.gov/expapi/verbs/scored', display: { en: 'scored' } },
  object: { objectType: 'Activity', id: item, definition: { type: 'http://adlnet.gov/expapi/activities/cmi.interaction' } },
  result: { success: share >= RIGHT_FROM, score: { scaled: share } },
  context: { statement: { objectType: 'StatementRef', id: answer } },
  timestamp: at,
});
