import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalText, PracticeContent, type PracticeItem, type PracticeSkill } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Clock } from '../tokens.js';

/** A tenant's skills and items, ready to be looked up. */
export interface Shelf extends PracticeContent {
  readonly skillById: ReadonlyMap<string, PracticeSkill>;
  readonly itemById: ReadonlyMap<string, PracticeItem>;
  /** How a subject is called: as its first skill with a title says, else by its name. */
  subjectTitle(subject: string): LocalText;
  /** The skill that an activity belongs to, by item or by prefix. */
  skillOf(activity: string): string | undefined;
}

const KEPT_MS = 2_000;
const RELAYED_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 20;

/** Content is read whole and kept for two seconds: a change is seen by the next answer or the one after. */
export class ContentShelf {
  private readonly kept = new Map<string, { readonly at: number; readonly shelf: Promise<Shelf> }>();

  constructor(
    private readonly registry: Registry,
    private readonly now: Clock,
  ) {}

  of(tenant: string): Promise<Shelf> {
    const at = this.now().getTime();
    const known = this.kept.get(tenant);
    if (known && at - known.at < KEPT_MS && at >= known.at) return known.shelf;
    const shelf = this.read(tenant);
    this.kept.set(tenant, { at, shelf });
    shelf.catch(() => this.kept.delete(tenant));
    return shelf;
  }

  /**
   * Puts content, and waits for a moment until where items stand is in the log: an answer that is sent after this one call is recorded later, and
   * whoever can see it sees it among its skills. Where the relay is behind, content holds a little later, for earlier answers as well.
   */
  async put(tenant: string, content: PracticeContent): Promise<void> {
    await this.registry.tenant(tenant).practice.put(content, this.now().toISOString());
    this.kept.delete(tenant);
    for (let waited = 0; waited < RELAYED_WITHIN_MS; waited += LOOK_EVERY_MS) {
      if ((await this.registry.outbox.waiting()).facts === 0) return;
      await sleep(LOOK_EVERY_MS);
    }
  }

  private async read(tenant: string): Promise<Shelf> {
    return shelfOf(PracticeContent.parse(await this.registry.tenant(tenant).practice.all()));
  }
}

export function shelfOf(content: PracticeContent): Shelf {
  const skillById = new Map(content.skills.map((skill) => [skill.skill, skill]));
  const itemById = new Map(content.items.map((item) => [item.item, item]));
  const prefixes = content.skills.flatMap(({ skill, prefixes = [] }) => prefixes.map((prefix) => ({ prefix, skill })));
  const skillOf = (activity: string) => itemById.get(activity)?.skill ?? prefixes.find(({ prefix }) => activity.startsWith(prefix))?.skill;
  const titles = new Map(
    content.skills.flatMap(({ subject, subjectTitle: title }) => (title === undefined ? [] : [[subject, title] as const])).reverse(),
  );
  const subjectTitle = (subject: string): LocalText => titles.get(subject) ?? { en: subject };
  return { items: content.items, skills: inTeachingOrder(content.skills), skillById, itemById, skillOf, subjectTitle };
}

/** By subject, then what stands on nothing first: how a teacher would read them. Circles end where they close. */
function inTeachingOrder(skills: readonly PracticeSkill[]): PracticeSkill[] {
  const byId = new Map(skills.map((skill) => [skill.skill, skill]));
  const depths = new Map<string, number>();
  const depth = (skill: string, above: readonly string[]): number => {
    const known = depths.get(skill);
    if (known !== undefined || above.includes(skill)) return known ?? 0;
    const before = byId.get(skill)?.prerequisites ?? [];
    const own = before.length === 0 ? 0 : 1 + Math.max(...before.map((one) => depth(one, [...above, skill])));
    depths.set(skill, own);
    return own;
  };
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...skills].sort((a, b) => order(a.subject, b.subject) || depth(a.skill, []) - depth(b.skill, []) || order(a.skill, b.skill));
}
