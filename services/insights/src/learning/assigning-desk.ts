import { randomUUID } from 'node:crypto';
import { type AssignedPath, type Groups, type PersonName } from '@pharos/contract';
import { levelOf, READY_AT } from '@pharos/learner-models';
import { type LearningRecord, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { masteriesOf, type Warehouse } from '@pharos/warehouse';
import { type ClassDesk } from '../classes/class-desk.js';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type Names } from '../people/names.js';
import { type Places } from '../places/places.js';
import { type ContentShelf } from '../practice/content-shelf.js';
import { byLearner, type Masteries, standingsIn } from '../practice/standings.js';
import { type Clock } from '../tokens.js';
import { decided, learningFact } from './facts.js';
import { withTitles } from './learner-wishes.js';
import { suggestGroups } from './suggest-groups.js';

interface Reads {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly shelf: ContentShelf;
  readonly classes: ClassDesk;
  readonly places: Places;
  readonly names: Names;
  readonly vault: Vault;
  readonly now: Clock;
}
interface PathOf {
  readonly title: string;
  readonly skills: readonly string[];
  readonly learners: readonly string[] | null;
  readonly dueOn: string | null;
  readonly locked: boolean;
}
type Group = Groups['groups'][number];

/** What teachers decide about what comes next: paths, single steps, and groups. Only in classes that they teach. */
export class AssigningDesk {
  constructor(private readonly reads: Reads) {}

  /** @throws Refusal not-found for a class that the caller does not teach */
  async paths(caller: Caller, classId: string): Promise<AssignedPath[]> {
    const learners = await this.reads.classes.learnersOf(caller, classId);
    const paths = await this.reads.registry.tenant(caller.tenant).learning.list('path', { classes: [classId], statuses: ['open'] });
    return this.view(caller, classId, learners, paths);
  }

  async assign(caller: Caller, classId: string, body: PathOf): Promise<AssignedPath> {
    const learners = await this.reads.classes.learnersOf(caller, classId);
    return this.put(caller, classId, learners, randomUUID(), body);
  }

  async change(
    caller: Caller,
    classId: string,
    path: string,
    { version, ...body }: PathOf & { readonly version: number },
  ): Promise<AssignedPath> {
    const learners = await this.reads.classes.learnersOf(caller, classId);
    await this.find(caller, classId, path);
    return this.put(caller, classId, learners, path, body, version);
  }

  async withdraw(caller: Caller, classId: string, path: string): Promise<void> {
    await this.reads.classes.learnersOf(caller, classId);
    await this.find(caller, classId, path);
    decided(await this.reads.registry.tenant(caller.tenant).learning.record([learningFact(caller, 'PathWithdrawn', classId, { path, class: classId }, this.reads.now())]));
  } // prettier-ignore

  private async find(caller: Caller, classId: string, path: string): Promise<void> {
    const record = await this.reads.registry.tenant(caller.tenant).learning.get('path', path);
    if (record?.data.class !== classId) throw notFound();
  }

  private async put(caller: Caller, classId: string, learners: readonly string[], path: string, body: PathOf, version?: number): Promise<AssignedPath> {
    const { skillById } = await this.reads.shelf.of(caller.tenant);
    const unknown = body.skills.findIndex((skill) => !skillById.has(skill));
    if (unknown !== -1)
      throw new Refusal('not-possible', { detail: 'The path names a skill that is not in the catalogue.', errors: [{ path: `body.skills.${unknown}`, message: 'unknown skill' }] });
    const stranger = body.learners?.findIndex((learner) => !learners.includes(learner)) ?? -1;
    if (stranger !== -1)
      throw new Refusal('not-possible', { detail: 'The path names somebody who is not in this class.', errors: [{ path: `body.learners.${stranger}`, message: 'not in the class' }] });
    const title = await this.reads.vault.sealForTenant(caller.tenant, body.title);
    const data = { path, class: classId, title, skills: [...new Set(body.skills)], learners: body.learners === null ? null : [...body.learners], dueOn: body.dueOn, locked: body.locked };
    const records = decided(await this.reads.registry.tenant(caller.tenant).learning.record([learningFact(caller, 'PathAssigned', classId, data, this.reads.now())], version));
    return (await this.view(caller, classId, learners, records as LearningRecord<'path'>[]))[0]!;
  } // prettier-ignore

  private async masteries(tenant: string, learners: readonly string[]): Promise<Masteries> {
    return byLearner(learners.length === 0 ? [] : await this.reads.warehouse.tenant(tenant).ask(masteriesOf(learners)));
  }

  private async view(caller: Caller, classId: string, learners: readonly string[], paths: readonly LearningRecord<'path'>[]): Promise<AssignedPath[]> {
    const { registry, shelf, places } = this.reads;
    const [{ skillById }, titles, policy, masteries] = await Promise.all([
      shelf.of(caller.tenant), places.titles(caller.tenant), registry.tenant(caller.tenant).policies.get('mastery'), this.masteries(caller.tenant, learners),
    ]);
    const reached = (learner: string, skill: string): boolean => {
      const mastery = masteries.get(learner)?.get(skill);
      return mastery !== undefined && ['proficient', 'mastered'].includes(levelOf(mastery, policy.value.levels) ?? '');
    };
    const titled = await withTitles(this.reads.vault, caller.tenant, paths);
    return titled.map(({ id, version, data }) => ({
      path: id, version, class: { id: classId, title: titles.classTitle(classId) }, title: data.title,
      skills: data.skills.map((skill) => ({ skill, title: skillById.get(skill)?.title ?? { en: skill } })),
      learners: data.learners === null ? null : [...data.learners], dueOn: data.dueOn, locked: data.locked,
      progress: learners.filter((learner) => data.learners?.includes(learner) ?? true).map((learner) => ({ learner, reached: data.skills.filter((skill) => reached(learner, skill)).length })),
    }));
  } // prettier-ignore

  async override(caller: Caller, learner: string, state: RequestState) {
    const { registry, names, shelf, vault, now } = this.reads;
    const [record] = await registry.tenant(caller.tenant).learning.list('override', { learners: [learner], statuses: ['open'] }, 1);
    if (record === undefined || Date.parse(record.data.until) <= now().getTime()) return null;
    const [people, { skillById }] = await Promise.all([names.ofUsers(caller, [record.changedBy], state), shelf.of(caller.tenant)]);
    const by: PersonName = people.get(record.changedBy) ?? { token: record.changedBy, name: null };
    const { skill, until, reason, learner: sealedFor } = record.data;
    const [opened] = reason === null ? [] : await vault.unseal(caller.tenant, [{ learner: sealedFor, text: reason }]);
    return {
      skill,
      title: skillById.get(skill)?.title ?? { en: skill },
      until: until.slice(0, 10),
      reason: opened ?? '',
      by,
      at: record.changedAt,
    };
  }

  /** @param instead what Pharos had chosen, so that overrides can be held against choices later */
  async putNext(caller: Caller, learner: string, body: { readonly skill: string; readonly until: string; readonly reason: string }, instead: string | null): Promise<void> {
    const { shelf, registry, vault, now } = this.reads;
    const { skillById, items } = await shelf.of(caller.tenant);
    if (!skillById.has(body.skill) || !items.some(({ skill }) => skill === body.skill)) throw new Refusal('not-possible', { detail: 'There is nothing to practise of that skill.' });
    const until = `${body.until}T23:59:59.999Z`;
    if (Date.parse(until) <= now().getTime()) throw new Refusal('not-possible', { detail: 'That day is over.', errors: [{ path: 'body.until', message: 'must lie ahead' }] });
    const [reason] = await vault.seal(caller.tenant, [{ learner, text: body.reason }]);
    const fact = learningFact(caller, 'NextOverridden', learner, { learner, skill: body.skill, instead, until, reason: reason! }, now());
    decided(await registry.tenant(caller.tenant).learning.record([fact]));
  } // prettier-ignore

  async release(caller: Caller, learner: string): Promise<void> {
    decided(await this.reads.registry.tenant(caller.tenant).learning.record([learningFact(caller, 'NextReleased', learner, { learner }, this.reads.now())]));
  } // prettier-ignore

  async groups(caller: Caller, classId: string): Promise<Groups> {
    const learners = await this.reads.classes.learnersOf(caller, classId);
    const [record, { skills }, masteries] = await Promise.all([
      this.reads.registry.tenant(caller.tenant).learning.get('groups', classId),
      this.reads.shelf.of(caller.tenant),
      this.masteries(caller.tenant, learners),
    ]);
    const standings = new Map([...masteries].map(([learner, own]) => [learner, standingsIn(own)]));
    const here = new Set(learners);
    // Who has left the class is in no group of it any more.
    const kept = await Promise.all(
      (record?.data.groups ?? []).map(async (group) => ({
        ...group,
        name: await this.reads.vault.unsealForTenant(caller.tenant, group.name),
        learners: group.learners.filter((learner) => here.has(learner)),
      })),
    );
    return { version: record?.version ?? 0, groups: kept, suggested: suggestGroups(skills, standings, READY_AT) };
  }

  async setGroups(caller: Caller, classId: string, body: { readonly version: number; readonly groups: readonly Group[] }): Promise<Groups> {
    const learners = new Set(await this.reads.classes.learnersOf(caller, classId));
    const all = body.groups.flatMap((group) => group.learners);
    if (all.some((learner) => !learners.has(learner))) throw new Refusal('not-possible', { detail: 'A group names somebody who is not in this class.' });
    if (new Set(all).size < all.length) throw new Refusal('not-possible', { detail: 'Somebody is in two groups.' });
    const { learning } = this.reads.registry.tenant(caller.tenant);
    if (body.version === 0 && (await learning.get('groups', classId)) !== undefined) throw new Refusal('conflict', { detail: 'The class has groups already. Load them to see them.' });
    const groups = await Promise.all(
      body.groups.map(async (group) => ({ ...group, name: await this.reads.vault.sealForTenant(caller.tenant, group.name), learners: [...group.learners] })),
    );
    const fact = learningFact(caller, 'GroupsSet', classId, { class: classId, groups }, this.reads.now());
    decided(await learning.record([fact], body.version === 0 ? undefined : body.version));
    return this.groups(caller, classId);
  } // prettier-ignore
}
