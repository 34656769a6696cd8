import { type NewFact } from '@pharos/facts';
import { type LoggedAttempt, masteryOf, type SkillMastery } from '@pharos/learner-models';
import {
  type AnswerInLog, answerersOf, answeringAmong, answersInLog, type Row, sameLearners, standingSkills, type TenantWarehouse, type Warehouse,
} from '@pharos/warehouse'; // prettier-ignore
import { LevelChanges } from './level-changes.js';
import { type TouchedKnowledge, type TouchedOf } from './touched-knowledge.js';
import { Versions } from './versions.js';

/** Learners whose answers are in memory at once. */
const AT_ONCE = 500;
/** Tokens a question: a parameter of the engine's protocol is one line of text. */
const TOKENS_ASKED = 5_000;

/**
 * What learners know, worked out again from all of their live answers for whoever was touched, as roll-ups of activity are: nothing is
 * incremented, so voids, links, placements and rebuilds need no rule of their own, and folding twice is folding once.
 */
export class MasteryFold {
  private readonly versions = new Map<string, Versions>();
  private readonly changes: LevelChanges | undefined;

  /** @param append where changes of level go; a rebuild has none, for its changes are in the log already */
  constructor(
    private readonly warehouse: Warehouse,
    append?: (facts: readonly NewFact[]) => Promise<unknown>,
  ) {
    this.changes = append && new LevelChanges(append);
  }

  /** Reads placements and models anew, as another fold may have written some. */
  forgetVersions(): void {
    this.versions.clear();
  }

  /** Durable when it resolves. */
  async again(touched: TouchedKnowledge): Promise<void> {
    for (const [tenant, of] of touched.all()) {
      if (of.items.length > 0 || of.modelsFrom !== undefined) this.versions.delete(tenant);
      const tables = this.warehouse.tenant(tenant);
      const tokens = [...(await touchedTokens(tables, of))];
      for (let from = 0; from < tokens.length; from += AT_ONCE) await this.ofTokens(tables, tokens.slice(from, from + AT_ONCE));
    }
  }

  private async ofTokens(tables: TenantWarehouse, tokens: readonly string[]): Promise<void> {
    const people = await tables.ask(sameLearners(tokens), 'fold');
    const all = [...new Set([...tokens, ...people.map(({ token }) => token)])];
    const answers = await tables.ask(answersInLog(all), 'fold');
    const stood = await tables.ask(standingSkills(all), 'fold');
    if (answers.length === 0 && stood.length === 0) return;
    const versions = await this.versionsOf(tables);
    const rows: Row<'masteries'>[] = [];
    for (const [learner, own] of Map.groupBy(answers, (answer) => answer.learner)) {
      for (const mastery of knownOf(own, versions)) rows.push(rowOf(tables.tenant, learner, mastery));
    }
    const now = new Set(rows.map(({ learner, skill }) => `${learner}\n${skill}`));
    const gone = stood.filter(({ learner, skill }) => !now.has(`${learner}\n${skill}`));
    await this.warehouse.writer.insert('masteries', [
      ...rows,
      ...gone.map(({ learner, skill }) => nothingKnown(tables.tenant, learner, skill)),
    ]);
    await this.changes?.tell(tables, rows, gone, answers);
  }

  private async versionsOf(tables: TenantWarehouse): Promise<Versions> {
    let versions = this.versions.get(tables.tenant);
    if (!versions) this.versions.set(tables.tenant, (versions = await Versions.read(tables)));
    return versions;
  }
}

async function touchedTokens(
  tables: TenantWarehouse,
  { tokens, linked, voided, items, modelsFrom }: TouchedOf,
): Promise<ReadonlySet<string>> {
  const all = new Set(tokens);
  const add = async (ask: Parameters<typeof answerersOf>[0]): Promise<void> => {
    for (const token of await tables.ask(answerersOf(ask), 'fold')) all.add(token);
  };
  for (let from = 0; from < voided.length; from += TOKENS_ASKED) await add({ ids: voided.slice(from, from + TOKENS_ASKED) });
  for (let from = 0; from < items.length; from += TOKENS_ASKED) {
    const some = items.slice(from, from + TOKENS_ASKED);
    await add({
      items: some,
      recordedFrom: some.reduce((least, { holdsFrom }) => (holdsFrom < least ? holdsFrom : least), some[0]!.holdsFrom),
    });
  }
  for (const token of await withAnswers(tables, [...linked])) all.add(token);
  if (modelsFrom !== undefined) await add({ recordedFrom: modelsFrom });
  return all;
}

/** Tokens whose links changed and of whom something is known, or will be by the link. */
async function withAnswers(tables: TenantWarehouse, linked: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < linked.length; from += TOKENS_ASKED) {
    const some = linked.slice(from, from + TOKENS_ASKED);
    const people = await tables.ask(sameLearners(some), 'fold');
    const known = new Set(await tables.ask(answeringAmong([...new Set([...some, ...people.map(({ token }) => token)])]), 'fold'));
    const learners = new Set(people.filter(({ token }) => known.has(token)).map(({ learner }) => learner));
    const canonical = new Map(people.map(({ token, learner }) => [token, learner]));
    found.push(...some.filter((token) => known.has(token) || learners.has(canonical.get(token) ?? token)));
  }
  return found;
}

/** Skills of one learner, subject by subject: each has models of its own. */
function knownOf(answers: readonly AnswerInLog[], versions: Versions): readonly SkillMastery[] {
  const subjects = subjectsOf(answers, versions);
  const bySubject = new Map<string, LoggedAttempt[]>();
  const named = new Map<string, string>();
  for (const { activity, skills, correct, at, recordedAt } of answers) {
    const reading = versions.reading(activity, skills, recordedAt, subjects);
    if (!reading) continue;
    let own = bySubject.get(reading.subject);
    if (!own) bySubject.set(reading.subject, (own = []));
    own.push({ item: activity, skills: reading.skills, at: at / 1000, correct, version: reading.version });
    named.set(reading.version, reading.named);
  }
  const found = new Map<string, SkillMastery>();
  for (const [, own] of [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [skill, mastery] of masteryOf(own, (version) => versions.model(version)))
      found.set(skill, { ...mastery, version: named.get(mastery.version)! });
  }
  return [...found.values()];
}

/**
 * Subjects of skills by what the learner answered of placed items: an answer whose statement alone names a skill is evidence for the same skill.
 * By this learner's answers only, so that a placement changes nobody whom it does not touch.
 */
function subjectsOf(answers: readonly AnswerInLog[], versions: Versions): ReadonlyMap<string, string> {
  const subjects = new Map<string, string>();
  if (!answers.some(({ skills }) => skills.length > 0)) return subjects;
  for (const { activity, recordedAt } of answers) {
    const placed = versions.reading(activity, [], recordedAt);
    for (const skill of placed?.skills ?? []) if (!subjects.has(skill)) subjects.set(skill, placed!.subject);
  }
  return subjects;
}

const iso = (seconds: number): string => new Date(Math.min(seconds * 1000, LATEST_MS)).toISOString();
/** What the engine's times can hold. */
const LATEST_MS = Date.UTC(2299, 0, 1);

const rowOf = (tenant: string, learner: string, { skill, probability, low, high, evidence, trend, run, lastAt, stability, difficulty, reviewAt, version }: SkillMastery): Row<'masteries'> => ({
  tenant, learner, skill, probability, low, high, evidence, trend, run, stability, difficulty, version, last_at: iso(lastAt), review_at: iso(reviewAt),
}); // prettier-ignore

const nothingKnown = (tenant: string, learner: string, skill: string): Row<'masteries'> => ({
  tenant, learner, skill, probability: 0, low: 0, high: 0, evidence: 0, trend: 0, run: 0, stability: 0, difficulty: 0, version: '', last_at: iso(0), review_at: iso(0),
}); // prettier-ignore
