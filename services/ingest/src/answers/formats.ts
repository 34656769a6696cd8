/** How a column is found: the first of these names that the header has, whatever the case. */
export interface AnswerFormat {
  readonly name: 'tab' | 'assistments' | 'datashop';
  readonly delimiter: ',' | '\t';
  readonly learner: readonly string[];
  readonly item: readonly string[];
  readonly at: readonly string[];
  readonly correct: readonly string[];
  readonly skill: readonly string[];
  /** Names one answer where the file repeats it per skill. */
  readonly answer: readonly string[];
}

/**
 * Research formats of answers as data:
 *
 * - tab: user_id, item_id, timestamp (seconds), correct, skill_id;
 * - ASSISTments CSV (2009, 2012, 2015, 2017 and look-alikes): one line per answer and skill, `order_id` or `problem_log_id` naming the answer;
 * - PSLC DataShop transaction export (tab-delimited): a step of a problem is the item, `Outcome` tells right from wrong, each `KC (…)` column holds a skill.
 */
export const answerFormats: readonly AnswerFormat[] = [
  {
    name: 'datashop',
    delimiter: '\t',
    learner: ['anon student id'],
    item: ['step name'],
    at: ['time'],
    correct: ['outcome'],
    skill: [],
    answer: ['transaction id'],
  },
  {
    name: 'assistments',
    delimiter: ',',
    learner: ['user_id', 'user_xid', 'studentid', 'itest_id'],
    item: ['problem_id', 'problemid', 'item_id', 'sequence_id'],
    at: ['start_time', 'starttime', 'timestamp', 'order_id', 'log_id'],
    correct: ['correct'],
    skill: ['skill_id', 'skill', 'skill_name', 'skill_ids'],
    answer: ['order_id', 'problem_log_id', 'assistment_log_id'],
  },
  {
    name: 'tab',
    delimiter: '\t',
    learner: ['user_id'],
    item: ['item_id'],
    at: ['timestamp'],
    correct: ['correct'],
    skill: ['skill_id', 'skill'],
    answer: [],
  },
];

/** Where a format's parts stand in a header. `skills` may be several columns (DataShop has one per model of skills; the first is read). */
export interface AnswerColumns {
  readonly format: AnswerFormat;
  readonly learner: number;
  readonly item: number;
  /** DataShop: the problem that a step belongs to. */
  readonly problem: number;
  readonly at: number;
  readonly correct: number;
  readonly skills: readonly number[];
  readonly answer: number;
  /** DataShop: hints are no answers, and only the first attempt at a step counts as one. */
  readonly attempt: number;
}

/**
 * Finds out which format a header line has.
 *
 * @returns the columns, or what is missing of the format that fits best
 */
export function columnsOfHeader(line: string): AnswerColumns | { readonly missing: string } {
  let nearest: { format: AnswerFormat; missing: string[] } | undefined;
  for (const format of answerFormats) {
    const header = line.split(format.delimiter).map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
    const find = (names: readonly string[]): number => names.map((name) => header.indexOf(name)).find((at) => at >= 0) ?? -1;
    const needed = (['learner', 'item', 'at', 'correct'] as const).filter((part) => find(format[part]) < 0);
    if (!nearest || needed.length < nearest.missing.length) {
      nearest = { format, missing: needed.map((part) => `${part} (${format[part].join(' or ')})`) };
    }
    if (needed.length > 0) continue;
    const models = header.flatMap((name, at) => (/^kc ?\(/.test(name) && !/\bcategory\b/.test(name) ? [{ name, at }] : []));
    const skills =
      format.name === 'datashop' ? models.filter(({ name }) => name === models[0]?.name).map(({ at }) => at) : [find(format.skill)];
    return {
      format,
      learner: find(format.learner),
      item: find(format.item),
      problem: header.indexOf('problem name'),
      at: find(format.at),
      correct: find(format.correct),
      skills: skills.filter((at) => at >= 0),
      answer: find(format.answer),
      attempt: format.name === 'datashop' ? header.indexOf('attempt at step') : -1,
    };
  }
  return { missing: nearest!.missing.join(', ') };
}
