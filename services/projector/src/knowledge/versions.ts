import { type KnowledgeModel, type Learned, PRIOR, priorKnowledge, restoreKnowledge } from '@pharos/learner-models';
import {
  type ItemPlaced,
  itemPlacements,
  type KnowledgeVersion,
  knowledgeVersions,
  Placements,
  type TenantWarehouse,
} from '@pharos/warehouse';

/** What an answer is read with. */
export interface Reading {
  readonly subject: string;
  readonly skills: readonly string[];
  /** What `model` finds the model by. */
  readonly version: string;
  /** Its name in the table. */
  readonly named: string;
}

/** Subject of answers whose statement alone names their skills. */
export const OTHER_SUBJECT = '';

/** Placements and models of one tenant, each with the moment from which it holds. */
export class Versions {
  private readonly placements: Placements;
  private readonly bySubject: ReadonlyMap<string, readonly KnowledgeVersion[]>;
  private readonly models = new Map<string, KnowledgeModel>();

  constructor(placements: readonly ItemPlaced[], versions: readonly KnowledgeVersion[]) {
    this.placements = new Placements(placements);
    this.bySubject = Map.groupBy(versions, ({ subject }) => subject);
    for (const { model, data } of versions) if (!this.models.has(model)) this.models.set(model, restoreKnowledge(data.learned as Learned));
  }

  static async read(warehouse: TenantWarehouse): Promise<Versions> {
    return new Versions(await warehouse.ask(itemPlacements(), 'fold'), await warehouse.ask(knowledgeVersions(), 'fold'));
  }

  /**
   * What an answer is read with that was recorded at a moment; undefined where it belongs to no skill.
   *
   * @param subjects of skills that the statement of an item without a placement may name
   */
  reading(activity: string, named: readonly string[], recordedAt: string, subjects?: ReadonlyMap<string, string>): Reading | undefined {
    const placement = this.placements.at(activity, recordedAt);
    const skills = placement?.skills ?? named;
    if (skills.length === 0) return undefined;
    const subject = placement?.subject ?? subjects?.get(skills[0]!) ?? OTHER_SUBJECT;
    const fitted = this.bySubject.get(subject)?.findLast(({ holdsFrom }) => holdsFrom <= recordedAt);
    if (fitted) return { subject, skills, version: fitted.model, named: fitted.model };
    const difficulty = placement && !placement.prefix ? placement.difficulty : 0;
    return { subject, skills, version: `${PRIOR}\n${difficulty}\n${activity}`, named: PRIOR };
  }

  model(version: string): KnowledgeModel {
    const known = this.models.get(version);
    if (known) return known;
    const [, difficulty = '0', item = ''] = version.split('\n');
    const prior = priorKnowledge(item, Number(difficulty)) as KnowledgeModel;
    if (this.models.size < PRIORS_KEPT) this.models.set(version, prior);
    return prior;
  }
}

/** Models of single items are small; more than these are made when they are needed. */
const PRIORS_KEPT = 50_000;
