import { randomUUID } from 'node:crypto';
import { type Answer, type Badge, type Badges, type routes } from '@pharos/contract';
import { levelOf, streakOf } from '@pharos/learner-models';
import { type LearningRecord, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { masteriesOf, type Warehouse } from '@pharos/warehouse';
import { type JWK } from 'jose';
import { type Caller } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type ContentShelf, type Shelf } from '../practice/content-shelf.js';
import { answerDays } from '../questions/answer-days.js';
import { type Clock } from '../tokens.js';
import { credentialOf, newSigningKey, signCredential } from './badge-credential.js';
import { decided, learningFact } from './facts.js';
import { milestonesOf } from './milestones.js';

interface Reads {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly vault: Vault;
  readonly shelf: ContentShelf;
  readonly publicUrl: string;
  readonly now: Clock;
}

const YEAR_MS = 366 * 86_400_000;

/** Badges that anybody can check, milestones, and streaks that allow rest. */
export class BadgeDesk {
  constructor(private readonly reads: Reads) {}

  async list(tenant: string, learner: string): Promise<Omit<Badges, 'through'>> {
    const { registry, warehouse, now } = this.reads;
    const own = registry.tenant(tenant);
    const learners = [learner];
    const from = new Date(now().getTime() - YEAR_MS).toISOString().slice(0, 10);
    const [shelf, records, policy, preferences, mastered, answers] = await Promise.all([
      this.reads.shelf.of(tenant), own.learning.list('badge', { learners }, 100), own.policies.get('learning'),
      own.learning.list('preferences', { learners }, 1), this.mastered(tenant, learner), warehouse.tenant(tenant).ask(answerDays(learner, from)),
    ]);
    const held = new Set(records.filter(({ status }) => status === 'open').map(({ data }) => data.name));
    const practised = answers.filter(({ activity }) => shelf.skillOf(activity) !== undefined);
    const streaks = policy.value.streaks && (preferences[0]?.data.streaks ?? true);
    const streak = streaks ? streakOf(practised.map(({ day }) => day), now().toISOString().slice(0, 10)) : null;
    const given = practised.reduce((sum, { answers: count }) => sum + count, 0);
    return {
      items: records.map((record) => this.view(tenant, record, shelf)),
      ready: policy.value.badges ? subjectsMastered(shelf, mastered).filter((subject) => !held.has(subject)).map((subject) => ({ subject, title: shelf.subjectTitle(subject) })) : [],
      streak,
      milestones: streak === null ? [] : milestonesOf({ answers: given, skills: mastered.size, streak: streak.longest }),
      allowed: policy.value.badges,
    };
  } // prettier-ignore

  /** @throws Refusal not-possible while a skill of the set is not mastered */
  async take(caller: Caller, learner: string, subject: string): Promise<Badge> {
    const { registry, now } = this.reads;
    const own = registry.tenant(caller.tenant);
    const [shelf, policy, mastered, held] = await Promise.all([
      this.reads.shelf.of(caller.tenant), own.policies.get('learning'), this.mastered(caller.tenant, learner),
      own.learning.list('badge', { learners: [learner], statuses: ['open'] }),
    ]);
    if (!policy.value.badges) throw new Refusal('not-possible', { detail: 'Badges are not given here.' });
    const skills = shelf.skills.filter((skill) => skill.subject === subject).map(({ skill }) => skill);
    const missing = skills.filter((skill) => !mastered.has(skill)).length;
    if (skills.length === 0 || missing > 0) throw new Refusal('not-possible', { detail: `${missing} of ${skills.length} skills are not mastered yet.` });
    if (held.some(({ data }) => data.name === subject)) throw new Refusal('conflict', { detail: 'This badge was taken before.' });
    const fact = learningFact(caller, 'BadgeAwarded', learner, { badge: randomUUID(), learner, name: subject, skills, level: 'mastered' }, now());
    const [record] = decided(await own.learning.record([fact]));
    return this.view(caller.tenant, record as LearningRecord<'badge'>, shelf);
  } // prettier-ignore

  async revoke(caller: Caller, learner: string, badge: string, reason: 'mistake' | 'not-theirs' | 'other'): Promise<void> {
    const own = this.reads.registry.tenant(caller.tenant);
    const [record, tokens] = await Promise.all([own.learning.get('badge', badge), own.access.tokensOf(learner)]);
    if (record === undefined || !tokens.includes(record.data.learner)) throw notFound();
    const fact = learningFact(
      caller,
      'BadgeRevoked',
      record.data.learner,
      { badge, learner: record.data.learner, reason },
      this.reads.now(),
    );
    decided(await own.learning.record([fact]));
  }

  async issuer(tenant: string): Promise<Answer<typeof routes.badges.issuer>> {
    const known = await this.reads.registry.tenants.get(tenant);
    const keys = known === undefined ? [] : await this.reads.registry.tenant(tenant).signingKeys.all();
    // Who never gave a badge is no issuer, and is not to be found by guessing names.
    if (known === undefined || keys.length === 0) throw notFound();
    return {
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
      id: this.address(tenant), type: ['Profile'], name: known.name, jwks: { keys: keys.map(({ publicJwk }) => ({ ...publicJwk })) },
    };
  } // prettier-ignore

  /** Signed when it is asked for: the same badge always says the same. */
  async check(tenant: string, badge: string): Promise<Answer<typeof routes.badges.check>> {
    const known = await this.reads.registry.tenants.get(tenant);
    const record = known === undefined ? undefined : await this.reads.registry.tenant(tenant).learning.get('badge', badge);
    if (known === undefined || record === undefined) throw notFound();
    const { name, skills } = this.view(tenant, record, await this.reads.shelf.of(tenant));
    const credential = credentialOf({
      badge, name, skills, awardedAt: record.openedAt, url: this.address(tenant, badge), issuer: this.address(tenant), issuerName: known.name,
    });
    const key = await this.key(tenant);
    return { jwt: await signCredential(credential, key.kid, key.privateJwk), credential, revoked: record.status === 'dropped' };
  } // prettier-ignore

  private async key(tenant: string): Promise<{ readonly kid: string; readonly privateJwk: JWK }> {
    const { registry, vault } = this.reads;
    const { signingKeys } = registry.tenant(tenant);
    let [stored] = await signingKeys.all();
    if (stored === undefined) {
      const { kid, publicJwk, privateJwk } = await newSigningKey();
      const privateSealed = await vault.sealForTenant(tenant, JSON.stringify(privateJwk));
      stored = await signingKeys.addFirst({ kid, publicJwk: { ...publicJwk }, privateSealed });
    }
    return { kid: stored.kid, privateJwk: JSON.parse(await vault.unsealForTenant(tenant, stored.privateSealed)) as JWK };
  }

  private async mastered(tenant: string, learner: string): Promise<ReadonlySet<string>> {
    const [rows, policy] = await Promise.all([
      this.reads.warehouse.tenant(tenant).ask(masteriesOf([learner])),
      this.reads.registry.tenant(tenant).policies.get('mastery'),
    ]);
    return new Set(rows.filter((row) => levelOf(row, policy.value.levels) === 'mastered').map(({ skill }) => skill));
  }

  private address(tenant: string, badge?: string): string {
    const base = `${this.reads.publicUrl.replace(/\/$/, '')}/api/badges/${encodeURIComponent(tenant)}`;
    return badge === undefined ? base : `${base}/${encodeURIComponent(badge)}`;
  }

  private view(tenant: string, { id, status, openedAt, data }: LearningRecord<'badge'>, shelf: Shelf): Badge {
    const skills = data.skills.map((skill) => ({ skill, title: shelf.skillById.get(skill)?.title ?? { en: skill } }));
    return {
      badge: id,
      name: data.name,
      title: shelf.subjectTitle(data.name),
      skills,
      level: data.level,
      awardedAt: openedAt,
      revoked: status === 'dropped',
      url: this.address(tenant, id),
    };
  }
}

const subjectsMastered = (shelf: Shelf, mastered: ReadonlySet<string>): string[] =>
  [...Map.groupBy(shelf.skills, ({ subject }) => subject)].filter(([, own]) => own.every(({ skill }) => mastered.has(skill))).map(([subject]) => subject); // prettier-ignore
