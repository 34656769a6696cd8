import { randomUUID } from 'node:crypto';
import { type Contest, type LearnerVoice, type PersonName, type SkillStanding } from '@pharos/contract';
import { type LearningRecord, type NewLearningFact, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';
import { NUDGE_PURPOSE } from '../delivery/still-wanted.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { type Names } from '../people/names.js';
import { type ContentShelf } from '../practice/content-shelf.js';
import { type KnowledgeDesk } from '../practice/knowledge-desk.js';
import { type Clock } from '../tokens.js';
import { decided, learningFact } from './facts.js';
import { interestChoices } from './learner-wishes.js';

type Reason = Contest['reason'];

interface Reads {
  readonly registry: Registry;
  readonly vault: Vault;
  readonly access: LearnerAccess;
  readonly names: Names;
  readonly shelf: ContentShelf;
  readonly knowledge: KnowledgeDesk;
  readonly now: Clock;
}

const SHOWN_WORDS = 20;

/** What learners say: of what is said of them, of what they are given, and of what they like. */
export class VoiceDesk {
  constructor(private readonly reads: Reads) {}

  async get(tenant: string, learner: string): Promise<LearnerVoice> {
    const own = this.reads.registry.tenant(tenant);
    const learners = [learner];
    const [shelf, interests, preferences, words, policy, agreed] = await Promise.all([
      this.reads.shelf.of(tenant),
      own.learning.list('interests', { learners }, 1),
      own.learning.list('preferences', { learners }, 1),
      own.learning.list('word', { learners }, SHOWN_WORDS),
      own.policies.get('learning'),
      own.consents.granted(NUDGE_PURPOSE, learners),
    ]);
    const { streaks, nudges } = policy.value;
    return {
      interests: [...(interests[0]?.data.interests ?? [])],
      choices: interestChoices(shelf),
      titles: Object.fromEntries(shelf.skills.map(({ subject }) => [subject, shelf.subjectTitle(subject)])),
      streaks: preferences[0]?.data.streaks ?? true,
      nudges: preferences[0]?.data.nudges ?? true,
      allowed: { streaks, nudges: nudges !== 'off' },
      consent: { needed: nudges === 'with-consent', given: agreed.has(learner) },
      words: words.map(({ data: { say, skill }, openedAt }) => ({ say, skill, at: openedAt })),
    };
  }

  async say(
    caller: Caller,
    learner: string,
    { item, say }: { readonly item: string; readonly say: 'too-hard' | 'too-easy' },
  ): Promise<void> {
    const skill = (await this.reads.shelf.of(caller.tenant)).skillOf(item);
    if (skill === undefined) throw new Refusal('not-possible', { detail: 'There is no such item.' });
    await this.record(
      caller,
      learningFact(caller, 'LearnerSpoke', learner, { word: randomUUID(), learner, say, item, skill }, this.reads.now()),
    );
  }

  async interests(caller: Caller, learner: string, interests: readonly string[]): Promise<void> {
    await this.record(
      caller,
      learningFact(caller, 'InterestsSet', learner, { learner, interests: [...new Set(interests)] }, this.reads.now()),
    );
  }

  async preferences(caller: Caller, learner: string, wanted: { readonly streaks: boolean; readonly nudges: boolean }): Promise<void> {
    await this.record(caller, learningFact(caller, 'PreferencesSet', learner, { learner, ...wanted }, this.reads.now()));
  }

  async contest(caller: Caller, learner: string, body: { readonly skill: string; readonly reason: Reason; readonly note?: string | undefined }, state: RequestState): Promise<Contest> {
    const { registry, knowledge } = this.reads;
    const known = (await knowledge.skills(caller.tenant, learner)).find(({ skill }) => skill === body.skill);
    if (known === undefined) throw new Refusal('not-possible', { detail: 'Nothing is said of such a skill.' });
    const { learning } = registry.tenant(caller.tenant);
    const open = await learning.list('contest', { learners: [learner], statuses: ['open'] });
    if (open.some(({ data }) => data.skill === body.skill))
      throw new Refusal('conflict', { detail: 'You said so already, and nobody has answered yet.' });
    const note = await this.seal(caller.tenant, learner, body.note);
    const { level, chance, evidence } = known.standing;
    const fact = learningFact(caller, 'MasteryContested', learner, { contest: randomUUID(), learner, skill: body.skill, reason: body.reason, note, shown: { level, chance, evidence } }, this.reads.now());
    return (await this.view(caller, decided(await learning.record([fact])) as LearningRecord<'contest'>[], state))[0]!;
  } // prettier-ignore

  async contestsOf(caller: Caller, learner: string, state: RequestState): Promise<Contest[]> {
    return this.view(caller, await this.reads.registry.tenant(caller.tenant).learning.list('contest', { learners: [learner] }, 100), state);
  }

  /** What waits for somebody to answer it, of the learners whom the caller may see; the longest waiting first. */
  async open(caller: Caller, state: RequestState): Promise<Contest[]> {
    const { registry, access } = this.reads;
    const own = registry.tenant(caller.tenant);
    const waiting = await own.learning.list('contest', { statuses: ['open'] });
    const canonical = await own.access.canonical(waiting.map(({ data }) => data.learner));
    const seen = await access.among(caller, [...new Set(canonical)]);
    const mine = waiting.filter((_, index) => seen.has(canonical[index]!));
    return this.view(caller, mine.reverse(), state);
  }

  async answer(caller: Caller, learner: string, contest: string, body: { readonly version: number; readonly answer: NonNullable<Contest['answer']>; readonly reply?: string | undefined }, state: RequestState): Promise<Contest> {
    const { registry, now } = this.reads;
    const own = registry.tenant(caller.tenant);
    const [before, tokens] = await Promise.all([own.learning.get('contest', contest), own.access.tokensOf(learner)]);
    if (before === undefined || !tokens.includes(before.data.learner)) throw notFound();
    const reply = await this.seal(caller.tenant, before.data.learner, body.reply);
    const fact = learningFact(caller, 'ContestAnswered', before.data.learner, { contest, learner: before.data.learner, answer: body.answer, reply }, now());
    return (await this.view(caller, decided(await own.learning.record([fact], body.version)) as LearningRecord<'contest'>[], state))[0]!;
  } // prettier-ignore

  private async record(caller: Caller, fact: NewLearningFact): Promise<void> {
    decided(await this.reads.registry.tenant(caller.tenant).learning.record([fact]));
  }

  private async seal(tenant: string, learner: string, text: string | undefined): Promise<string | null> {
    return text === undefined ? null : (await this.reads.vault.seal(tenant, [{ learner, text }]))[0]!;
  }

  private async view(caller: Caller, records: readonly LearningRecord<'contest'>[], state: RequestState): Promise<Contest[]> {
    const { names, vault } = this.reads;
    const { skillById } = await this.reads.shelf.of(caller.tenant);
    const learners = records.map(({ data }) => data.learner);
    const [people, answerers] = await Promise.all([
      names.ofTokens(caller, learners, state),
      names.ofUsers(caller, records.filter(({ status }) => status === 'done').map(({ changedBy }) => changedBy), state),
    ]);
    const texts = records.flatMap(({ data: { learner, note, reply = null } }) => [note, reply].flatMap((text) => (text === null ? [] : [{ learner, text }])));
    const opened = new Map((texts.length === 0 ? [] : await vault.unseal(caller.tenant, texts)).map((text, index) => [texts[index]!.text, text]));
    const said = (text: string | null | undefined): string | null => (text === null || text === undefined ? null : (opened.get(text) ?? null));
    return records.map(({ id, version, status, openedAt, changedAt, changedBy, data }) => ({
      contest: id, version, learner: people.get(data.learner) ?? nobody(data.learner), skill: data.skill, title: skillById.get(data.skill)?.title ?? { en: data.skill },
      reason: data.reason as Reason, note: said(data.note), shown: { ...data.shown, level: data.shown.level as SkillStanding['level'] }, at: openedAt,
      status: status === 'open' ? 'open' : 'done', answer: data.answer ?? null, reply: said(data.reply),
      answeredBy: status === 'open' ? null : (answerers.get(changedBy) ?? nobody(changedBy)), answeredAt: status === 'open' ? null : changedAt,
    }));
  } // prettier-ignore
}

const nobody = (token: string): PersonName => ({ token, name: null });
