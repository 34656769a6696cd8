import { type LocalText, type PracticeItem } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type RecordedStatement, statementsByIds, unjudgedAnswers, type Warehouse } from '@pharos/warehouse';
import { type ActivityDefinition, isSealed } from '@pharos/xapi';
import { type Caller } from '../http/caller.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { type Shelf } from '../practice/content-shelf.js';
import { markOf } from '../practice/grade-answer.js';
import { type Clock } from '../tokens.js';

interface Reads {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly access: LearnerAccess;
  readonly vault: Vault;
  readonly now: Clock;
}

/** An answer that a platform sent and that nobody could grade, as a teacher is shown it. */
export interface PlatformAnswer {
  /** Its statement. */
  readonly answer: string;
  /** As recorded: what it was sealed for. */
  readonly token: string;
  readonly learner: string;
  readonly item: PracticeItem | undefined;
  readonly activity: string;
  readonly skill: string;
  readonly question: LocalText | null;
  /** Null where the learner was erased. */
  readonly response: string | null;
  readonly suggestion: number | null;
  readonly because: string;
  readonly at: string;
}

/** Kinds of interaction that a person can mark where no rule can. The answers of the others are a choice: without a key they are a survey's. */
const OPEN: ReadonlySet<string | undefined> = new Set(['fill-in', 'long-fill-in', 'performance', 'numeric', 'other']);
const DAY_MS = 86_400_000;
/** What nobody marked in a term is marked no more. */
const WAITS_DAYS = 120;
/** A longer queue is shown from its beginning. */
const LOOKED_AT = 500;
/** Skill of what stands for none in the catalogue. */
const NO_SKILL = '-';

interface Sent {
  readonly object?: { readonly definition?: ActivityDefinition };
  readonly result?: { readonly response?: unknown };
}

/**
 * Open answers of platforms that could not be graded surely. They are read from the tables, so that a platform needs to do nothing for them; once a teacher
 * marks one, it stands among what was decided.
 */
export class PlatformAnswers {
  constructor(private readonly reads: Reads) {}

  /** Of the learners whom the caller may see, the longest waiting first; what was queued or marked already is left out. */
  async list(caller: Caller, shelf: Shelf): Promise<readonly PlatformAnswer[]> {
    const { registry, warehouse, access, now } = this.reads;
    const own = warehouse.tenant(caller.tenant);
    const since = new Date(now().getTime() - WAITS_DAYS * DAY_MS).toISOString();
    const waiting = await own.ask(unjudgedAnswers(since, LOOKED_AT));
    if (waiting.length === 0) return [];
    const seen = await access.among(caller, [...new Set(waiting.map(({ learner }) => learner))]);
    const mine = waiting.filter(({ learner }) => seen.has(learner));
    const decided = await registry.tenant(caller.tenant).learning.among('answer', mine.map(({ statement }) => statement));
    const ids = mine.map(({ statement }) => statement).filter((statement) => !decided.has(statement));
    return ids.length === 0 ? [] : this.shown(caller.tenant, await own.ask(statementsByIds(ids)), shelf);
  }

  /** One of them; undefined where it is none, or somebody judged it. */
  async find(caller: Caller, learner: string, statement: string, shelf: Shelf): Promise<PlatformAnswer | undefined> {
    const found = (await this.reads.warehouse.tenant(caller.tenant).ask(statementsByIds([statement]))).filter((one) => one.learner === learner);
    return (await this.shown(caller.tenant, found, shelf))[0];
  }

  private async shown(tenant: string, statements: readonly RecordedStatement[], shelf: Shelf): Promise<readonly PlatformAnswer[]> {
    const open = statements.flatMap((statement) => {
      const { object, result } = JSON.parse(statement.body) as Sent;
      const item = shelf.itemById.get(statement.activity);
      const isOpen = item !== undefined || OPEN.has(object?.definition?.interactionType);
      const unjudged = statement.action === 'answered' && !statement.voided && statement.correct === null && statement.scaled === null;
      return unjudged && isOpen && result?.response !== undefined ? [{ statement, item, definition: object?.definition, response: result.response }] : [];
    });
    const sealed = open.flatMap(({ statement, response }) => (isSealed(response) ? [{ learner: statement.token, text: response['pharos:sealed'] }] : []));
    const opened = (sealed.length === 0 ? [] : await this.reads.vault.unseal(tenant, sealed)).values();
    return open
      .map(({ statement, item, definition, response: sent }): PlatformAnswer => {
        const read = isSealed(sent) ? (opened.next().value ?? null) : JSON.stringify(sent);
        const response = read === null ? null : String(JSON.parse(read));
        const { id: answer, token, learner, activity, occurredAt: at } = statement;
        const skill = item?.skill ?? shelf.skillOf(activity) ?? NO_SKILL;
        return { answer, token, learner, item, activity, skill, question: item?.question ?? questionOf(definition), response, at, ...suggested(item, response) };
      })
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }
} // prettier-ignore

/** What the catalogue's key makes of it: a suggestion also where it is sure, because the key came after the answer. */
function suggested(item: PracticeItem | undefined, response: string | null): Pick<PlatformAnswer, 'suggestion' | 'because'> {
  if (item === undefined || response === null) return { suggestion: null, because: 'no-key' };
  const mark = markOf(item, response);
  return mark.sure
    ? { suggestion: mark.share, because: 'key-came-later' }
    : { suggestion: mark.suggestion?.share ?? null, because: mark.because };
}

/** As the platform words it; a text that names somebody is sealed, and is not shown. */
function questionOf(definition: ActivityDefinition | undefined): LocalText | null {
  const worded = [definition?.description, definition?.name].find((texts) => texts !== undefined && Object.keys(texts).length > 0);
  if (worded === undefined) return null;
  const texts = Object.entries(worded).flatMap(([language, text]) => (typeof text === 'string' && text !== '' ? [[language.slice(0, 2), text.slice(0, 2_000)] as const] : [])); // prettier-ignore
  const by = new Map(texts.toReversed());
  const en = by.get('en') ?? texts[0]?.[1];
  return en === undefined ? null : { en, ...(by.has('es') && { es: by.get('es')! }) };
}

/** How the skill of one is called; what stands for none is called by what was asked. */
export const titleOf = ({ skill, question, activity }: PlatformAnswer, shelf: Shelf): LocalText =>
  shelf.skillById.get(skill)?.title ?? question ?? { en: activity };
