import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { type Names } from '../people/names.js';
import { CASELOAD, NAMES, REGISTRY } from '../tokens.js';
import { type CaseloadReader } from './caseload.js';

const r = routes.caseload;

/** The caseload, and the colleagues to whom an alert can be handed. */
@Answers()
export class CaseloadController {
  constructor(
    @Inject(CASELOAD) private readonly caseload: CaseloadReader,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(NAMES) private readonly names: Names,
  ) {}

  @Handles(r.list)
  list(@Asked() { caller, query, state }: Call<typeof r.list>): Promise<Answer<typeof r.list>> {
    return this.caseload.read(caller, query, state);
  }

  @Handles(r.colleagues)
  async colleagues(@Asked() { caller, state }: Call<typeof r.colleagues>): Promise<Answer<typeof r.colleagues>> {
    const users = await this.registry.tenant(caller.tenant).users.list();
    const counselors = users.flatMap((user) =>
      user.person !== null && !user.disabled && user.roles.includes('counselor') ? [{ token: user.person, roles: [...user.roles] }] : [],
    );
    const names = await this.names.ofTokens(
      caller,
      counselors.map(({ token }) => token),
      state,
    );
    return { items: counselors.map(({ token, roles }) => ({ token, name: names.get(token)?.name ?? null, roles })) };
  }
}
