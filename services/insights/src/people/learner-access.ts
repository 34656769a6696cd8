import { type TenantRegistry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Caller } from '../http/caller.js';
import { type LearnerScope, learnerScopes } from '../rules/rules.js';

/** Schools of each learner's classes, past ones too; who was never enrolled is not in it. Asked for only on behalf of admins. */
export type SchoolsOf = (tenant: string, learners: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;

/** Those of the learners whom one scope covers. Tokens are canonical. */
async function covered(
  scope: LearnerScope,
  access: TenantRegistry['access'],
  learners: readonly string[],
  schoolsOf: () => ReturnType<SchoolsOf>,
): Promise<ReadonlySet<string>> {
  switch (scope.of) {
    case 'tenant': {
      const schools = await schoolsOf();
      const within = (own: readonly string[]) => scope.schools.length === 0 || own.some((school) => scope.schools.includes(school));
      return new Set(learners.filter((learner) => within(schools.get(learner) ?? []) && schools.has(learner)));
    }
    case 'counselor':
      return access.amongCounselors(scope.person, learners);
    case 'teacher':
      return access.amongTeachers(scope.person, learners);
    case 'self': {
      const [self] = await access.canonical([scope.person]);
      return new Set(learners.filter((learner) => learner === self));
    }
    case 'guardian': {
      const own = new Set(await access.learnersOfGuardian(scope.person));
      return new Set(learners.filter((learner) => own.has(learner)));
    }
    case 'named':
      return new Set();
  }
}

/** The one place that answers whether a caller may see a learner. */
export class LearnerAccess {
  constructor(
    private readonly registryOf: (tenant: string) => TenantRegistry,
    private readonly vault: Vault,
    private readonly schoolsOf: SchoolsOf,
  ) {}

  /** Those of the learners (canonical tokens) whom the caller may see. */
  async among(caller: Caller, learners: readonly string[]): Promise<ReadonlySet<string>> {
    const access = this.registryOf(caller.tenant).access;
    const seen = await Promise.all(
      learnerScopes(caller).map((scope) => covered(scope, access, learners, () => this.schoolsOf(caller.tenant, learners))),
    );
    return new Set(seen.flatMap((set) => [...set]));
  }

  /** `resolve` for many, each in its place. */
  async resolveMany(caller: Caller, named: readonly string[]): Promise<readonly (string | undefined)[]> {
    const access = this.registryOf(caller.tenant).access;
    if (caller.kind === 'platform') {
      const found = await Promise.all(named.map((each) => this.vault.find(caller.tenant, each)));
      const tokens = found.filter((token) => token !== undefined);
      const canonical = await access.canonical(tokens);
      const of = new Map(tokens.map((token, at) => [token, canonical[at]!]));
      return found.map((token) => (token === undefined ? undefined : of.get(token)));
    }
    const canonical = await access.canonical(named);
    const seen = await this.among(caller, [...new Set(canonical)]);
    return canonical.map((token) => (seen.has(token) ? token : undefined));
  }

  /**
   * The canonical token of the learner that a request names, if the caller may see them; else undefined, whether or not
   * there is such a learner. People name learners by token; a platform by its own identifier (`mailto:…`, `account:…|…`).
   */
  async resolve(caller: Caller, named: string): Promise<string | undefined> {
    const access = this.registryOf(caller.tenant).access;
    if (caller.kind === 'platform') {
      const token = await this.vault.find(caller.tenant, named);
      return token === undefined ? undefined : (await access.canonical([token]))[0];
    }
    const [learner] = await access.canonical([named]);
    return learner !== undefined && (await this.among(caller, [learner])).has(learner) ? learner : undefined;
  }
}
