import { factId, type NewFact } from '@pharos/facts';
import { levelOf, type MasteryLevel, usualLevels } from '@pharos/learner-models';
import { type AnswerInLog, lastLevels, masteryLevelsOf, type Row, type TenantWarehouse } from '@pharos/warehouse';

/** Levels told lately, because their facts may not be in the tables yet. */
const REMEMBERED = 100_000;
const NO_LEVEL = '';

/**
 * Appends a fact for each skill of a learner whose level changed. What was told last decides and not what stood in the table before: a crash between the
 * two loses nothing, and the same change told twice has one id.
 */
export class LevelChanges {
  private readonly told = new Map<string, string>();

  constructor(private readonly append: (facts: readonly NewFact[]) => Promise<unknown>) {}

  async tell(
    tables: TenantWarehouse,
    rows: readonly Row<'masteries'>[],
    gone: readonly { readonly learner: string; readonly skill: string }[],
    answers: readonly AnswerInLog[],
  ): Promise<void> {
    const levels = (await tables.askOne(masteryLevelsOf(), 'fold')) ?? usualLevels;
    const learners = [...new Set([...rows, ...gone].map(({ learner }) => learner))];
    const before = new Map((await tables.ask(lastLevels(learners), 'fold')).map((last) => [`${last.learner}\n${last.skill}`, last]));
    const latest = new Map(answers.map((answer) => [answer.learner, answer]));
    const facts: NewFact[] = [];
    const change = (row: Pick<Row<'masteries'>, 'learner' | 'skill'>, level: string, fact: () => NewFact): void => {
      const key = `${row.learner}\n${row.skill}`;
      const name = `${tables.tenant}\n${key}`;
      const last = this.told.get(name) ?? before.get(key)?.level ?? NO_LEVEL;
      if (last === level) return;
      if (this.told.size >= REMEMBERED) this.told.clear();
      this.told.set(name, level);
      facts.push(fact());
    };
    for (const row of rows) {
      const level = levelNow(row, levels);
      const { id, recordedAt } = latest.get(row.learner)!;
      change(row, level, () => changed(tables.tenant, row, level, recordedAt, id));
    }
    for (const { learner, skill } of gone) {
      const asOf = before.get(`${learner}\n${skill}`)?.asOf ?? new Date(0).toISOString();
      const row = { learner, skill, version: '', probability: 0, low: 0, high: 0, evidence: 0 };
      change(row, NO_LEVEL, () => changed(tables.tenant, row, NO_LEVEL, asOf, 'gone'));
    }
    if (facts.length > 0) await this.append(facts);
  }
}

const levelNow = (row: Row<'masteries'>, levels: readonly MasteryLevel[]): string => levelOf(row, levels) ?? NO_LEVEL;

type Known = Pick<Row<'masteries'>, 'learner' | 'skill' | 'version' | 'probability' | 'low' | 'high' | 'evidence'>;

const changed = (tenant: string, row: Known, level: string, asOf: string, after: string): NewFact => ({
  id: factId('mastery', tenant, row.learner, row.skill, level, row.evidence, after),
  type: 'MasteryEstimated',
  version: 1,
  tenant,
  key: row.learner,
  occurredAt: asOf,
  data: {
    learner: row.learner, skill: row.skill, asOf, model: row.version, estimate: row.probability, low: row.low, high: row.high, evidence: row.evidence,
    level: level === NO_LEVEL ? null : level,
  },
}); // prettier-ignore
