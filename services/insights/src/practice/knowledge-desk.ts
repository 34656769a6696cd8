import {
  inLanguage,
  type LearnerSkills,
  type Lever,
  type Locale,
  type NextActivity,
  nextInWords,
  type PracticeItem,
  type ShownItem,
  type SkillStanding,
} from '@pharos/contract';
import { chooseNext, leversOf, type MasteryLevel } from '@pharos/learner-models';
import { type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { masteriesOf, type Mastery, type Warehouse } from '@pharos/warehouse';
import { wishesFor } from '../learning/learner-wishes.js';
import { lastAnswersOf } from '../questions/answers.js';
import { type Clock } from '../tokens.js';
import { type ContentShelf, type Shelf } from './content-shelf.js';
import { byLearner, standingsIn, standingView } from './standings.js';

/** Log odds that a wish moves the aim by: from the middle of the band to about its ends. */
const WISH = { easier: -0.6, harder: 0.6 } as const;

/** Answers that choosing looks back on. */
const RECENT = 20;

interface NextAsked {
  readonly limit: number;
  readonly wish?: keyof typeof WISH | undefined;
  readonly subject?: string | undefined;
  readonly locale: Locale;
}

/** What learners know and what comes next, from the tables. */
export class KnowledgeDesk {
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly shelf: ContentShelf,
    private readonly vault: Vault,
    private readonly now: Clock,
  ) {}

  /** The scheme of levels that holds now. */
  async levels(tenant: string): Promise<MasteryLevel[]> {
    return (await this.registry.tenant(tenant).policies.get('mastery')).value.levels;
  }

  private async masteries(tenant: string, learners: readonly string[]): Promise<readonly Mastery[]> {
    return this.warehouse.tenant(tenant).ask(masteriesOf(learners));
  }

  async skills(tenant: string, learner: string): Promise<LearnerSkills['skills']> {
    const [shelf, levels, rows] = await Promise.all([this.shelf.of(tenant), this.levels(tenant), this.masteries(tenant, [learner])]);
    const own = byLearner(rows).get(learner);
    const now = this.now().getTime();
    return shelf.skills.map(({ skill, title, subject, prerequisites }) => ({
      skill,
      title,
      subject,
      prerequisites,
      standing: standingView(skill, own?.get(skill), levels, now),
    }));
  }

  /** The few skills that would change most, and what to practise first. @param token any token of the learner */
  async levers(tenant: string, token: string): Promise<Lever[]> {
    const [shelf, [learner]] = await Promise.all([this.shelf.of(tenant), this.registry.tenant(tenant).access.canonical([token])]);
    const own = byLearner(await this.masteries(tenant, [learner!])).get(learner!);
    const titleOf = (skill: string) => shelf.skillById.get(skill)!.title;
    return leversOf(shelf.skills, standingsIn(own)).map(({ skill, chance, opens, first }) => ({
      skill, title: titleOf(skill), chance, opens, first: { skill: first, title: titleOf(first) },
    }));
  } // prettier-ignore

  /** Whatever skills there are answers to, by canonical learner. */
  async mastery(tenant: string, learners: readonly string[]): Promise<{ readonly levels: MasteryLevel[]; readonly of: ReadonlyMap<string, SkillStanding[]> }> {
    const [levels, rows] = await Promise.all([this.levels(tenant), this.masteries(tenant, learners)]);
    const now = this.now().getTime();
    const of = new Map([...byLearner(rows)].map(([learner, own]) => [learner, [...own].map(([skill, row]) => standingView(skill, row, levels, now))]));
    return { levels, of };
  } // prettier-ignore

  async next(tenant: string, learner: string, { limit, wish, subject, locale }: NextAsked): Promise<NextActivity[]> {
    const shelf = await this.shelf.of(tenant);
    const [said, rows, answers] = await Promise.all([
      wishesFor(this.registry.tenant(tenant), this.vault, learner, shelf, this.now().getTime()),
      this.masteries(tenant, [learner]),
      this.warehouse.tenant(tenant).ask(lastAnswersOf(learner, RECENT)),
    ]);
    const recent = answers.flatMap(({ activity }) => {
      const skill = shelf.skillOf(activity);
      return skill === undefined ? [] : [{ item: activity, skill }];
    });
    const standings = new Map([...said.placed, ...standingsIn(byLearner(rows).get(learner))]);
    const found = chooseNext({
      skills: subject === undefined ? shelf.skills : shelf.skills.filter((skill) => skill.subject === subject),
      items: shelf.items,
      standings,
      recent,
      now: this.now().getTime(),
      ...said,
      ...(wish === undefined ? {} : { wish: WISH[wish] }),
    });
    const titleOf = (skill: string) => inLanguage(locale, shelf.skillById.get(skill)!.title);
    return found.slice(0, limit).map(({ item, skill, chance, reason }) => ({
      item: shownItem(shelf.itemById.get(item)!, shelf),
      chance,
      reason: reason.code === 'ready' ? { ...reason, after: [...reason.after] } : reason,
      because: nextInWords(locale, reason as NextActivity['reason'], titleOf(skill), titleOf),
    }));
  }
}

/** An item as it is shown to somebody who is to answer it. */
export const shownItem = ({ item, skill, text, question, choices, hints }: PracticeItem, shelf: Shelf): ShownItem => ({
  item,
  skill,
  title: shelf.skillById.get(skill)!.title,
  text: text ?? null,
  question,
  choices: choices ?? [],
  hints: hints.length,
});
