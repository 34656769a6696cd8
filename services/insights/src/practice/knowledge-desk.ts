import {
  inLanguage,
  type LearnerSkills,
  type Locale,
  type NextActivity,
  nextInWords,
  type PracticeItem,
  type ShownItem,
} from '@pharos/contract';
import { chooseNext, type Standing } from '@pharos/learner-models';
import { type Warehouse } from '@pharos/warehouse';
import { answersOf } from '../questions/answers.js';
import { type Clock } from '../tokens.js';
import { type ContentShelf, type Shelf } from './content-shelf.js';
import { standingsOf, standingView } from './standings.js';

/** Log odds that a wish moves the aim by: from the middle of the band to about its ends. */
const WISH = { easier: -0.6, harder: 0.6 } as const;

interface Known {
  readonly shelf: Shelf;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly recent: readonly { readonly item: string; readonly skill: string }[];
}

/** What one learner knows and what comes next, from the answers in the tables. */
export class KnowledgeDesk {
  constructor(
    private readonly warehouse: Warehouse,
    private readonly shelf: ContentShelf,
    private readonly now: Clock,
  ) {}

  private async known(tenant: string, learner: string): Promise<Known> {
    const [shelf, answers] = await Promise.all([this.shelf.of(tenant), this.warehouse.tenant(tenant).ask(answersOf([learner]))]);
    const recent = answers.slice(-20).reverse().flatMap(({ activity }) => {
      const skill = shelf.skillOf(activity);
      return skill === undefined ? [] : [{ item: activity, skill }];
    }); // prettier-ignore
    return { shelf, standings: standingsOf(answers, shelf).get(learner) ?? new Map<string, Standing>(), recent };
  }

  async skills(tenant: string, learner: string): Promise<LearnerSkills['skills']> {
    const { shelf, standings } = await this.known(tenant, learner);
    const now = this.now().getTime();
    return shelf.skills.map(({ skill, title, subject, prerequisites }) => ({
      skill,
      title,
      subject,
      prerequisites,
      standing: standingView(skill, standings.get(skill), now),
    }));
  }

  async next(
    tenant: string,
    learner: string,
    { limit, wish, locale }: { readonly limit: number; readonly wish?: keyof typeof WISH | undefined; readonly locale: Locale },
  ): Promise<NextActivity[]> {
    const { shelf, standings, recent } = await this.known(tenant, learner);
    const found = chooseNext({
      skills: shelf.skills,
      items: shelf.items,
      standings,
      recent,
      now: this.now().getTime(),
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

const shownItem = ({ item, skill, text, question, choices, hints }: PracticeItem, shelf: Shelf): ShownItem => ({
  item,
  skill,
  title: shelf.skillById.get(skill)!.title,
  text: text ?? null,
  question,
  choices: choices ?? [],
  hints: hints.length,
});
