/** How a column is found: the first of these names that the header has, whatever the case. */
export interface AnswerFormat {
  readonly name: 'tab' | 'assistments' | 'datashop' | 'student-step';
  readonly learner: readonly string[];
  readonly item: readonly string[];
  readonly at: readonly string[];
  readonly correct: readonly string[];
  readonly skill: readonly string[];
  /** Names one answer where the file repeats it per skill. */
  readonly answer: readonly string[];
  /** How many hints were taken. */
  readonly hints: readonly string[];
}

/**
 * Research formats of answers as data:
 *
 * - tab: user_id, item_id, timestamp (seconds), correct, skill_id;
 * - ASSISTments CSV (2009, 2012, 2015, 2017 and look-alikes): one line per answer and skill, `order_id` or `problem_log_id` naming the answer; the lines of one answer
 *   may lie far apart, and several skills may stand in one cell as `1_2`;
 * - PSLC DataShop transaction export: a step of a problem is the item, `Outcome` tells right from wrong, each `KC (…)` column holds a skill;
 * - PSLC DataShop student-step roll-up, and the KDD Cup 2010 files made from it: one line per learner and step, its first attempt being the answer.
 *
 * Which sign parts the columns is found out from the header: files are passed on as tab, comma and semicolon whatever they were first.
 */
export const answerFormats: readonly AnswerFormat[] = [
  {
    name: 'student-step',
    learner: ['anon student id'],
    item: ['step name'],
    at: ['step start time', 'first transaction time', 'step end time'],
    correct: ['first attempt', 'correct first attempt'],
    skill: [],
    answer: [],
    hints: ['hints'],
  },
  {
    name: 'datashop',
    learner: ['anon student id'],
    item: ['step name'],
    at: ['time'],
    correct: ['outcome'],
    skill: [],
    answer: ['transaction id'],
    hints: [],
  },
  {
    name: 'assistments',
    learner: ['user_id', 'user_xid', 'studentid', 'itest_id'],
    item: ['problem_id', 'problemid', 'item_id', 'sequence_id'],
    at: ['start_time', 'starttime', 'timestamp', 'order_id', 'log_id'],
    correct: ['correct'],
    skill: ['skill_id', 'skill', 'skill_name', 'skill_ids'],
    answer: ['order_id', 'problem_log_id', 'assistment_log_id'],
    hints: ['hint_count'],
  },
  {
    name: 'tab',
    learner: ['user_id'],
    item: ['item_id'],
    at: ['timestamp'],
    correct: ['correct'],
    skill: ['skill_id', 'skill'],
    answer: [],
    hints: [],
  },
];

/** Where a format's parts stand in a header. `skills` may be several columns (DataShop has one per model of skills; the first is read). */
export interface AnswerColumns {
  readonly format: AnswerFormat;
  readonly delimiter: string;
  readonly learner: number;
  readonly item: number;
  /** DataShop: the problem that a step belongs to. */
  readonly problem: number;
  /** The first of these that is filled in. */
  readonly at: readonly number[];
  readonly correct: number;
  readonly skills: readonly number[];
  readonly answer: number;
  readonly hints: number;
  /** DataShop: only the first attempt at a step counts as an answer to it, and a hint that was asked for first is none that is right. */
  readonly attempt: number;
}

/**
 * Finds out which format a header line has.
 *
 * @returns the columns, or what is missing of the format that fits best
 */
export function columnsOfHeader(line: string): AnswerColumns | { readonly missing: string } {
  let nearest: { format: AnswerFormat; missing: string[] } | undefined;
  const delimiter = ['\t', ';', ','].find((sign) => line.includes(sign)) ?? ',';
  for (const format of answerFormats) {
    const header = line.split(delimiter).map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
    const find = (names: readonly string[]): number => names.map((name) => header.indexOf(name)).find((at) => at >= 0) ?? -1;
    const needed = (['learner', 'item', 'at', 'correct'] as const).filter((part) => find(format[part]) < 0);
    if (!nearest || needed.length < nearest.missing.length) {
      nearest = { format, missing: needed.map((part) => `${part} (${format[part].join(' or ')})`) };
    }
    if (needed.length > 0) continue;
    const models = header.flatMap((name, at) => (/^kc ?\(/.test(name) && !/\bcategory\b/.test(name) ? [{ name, at }] : []));
    const skills =
      format.name === 'datashop' || format.name === 'student-step'
        ? models.filter(({ name }) => name === models[0]?.name).map(({ at }) => at)
        : [find(format.skill)];
    return {
      format,
      delimiter,
      learner: find(format.learner),
      item: find(format.item),
      problem: header.indexOf('problem name'),
      at: format.at.map((name) => header.indexOf(name)).filter((at) => at >= 0),
      correct: find(format.correct),
      skills: skills.filter((at) => at >= 0),
      answer: find(format.answer),
      hints: find(format.hints),
      attempt: format.name === 'datashop' ? header.indexOf('attempt at step') : -1,
    };
  }
  return { missing: nearest!.missing.join(', ') };
}
