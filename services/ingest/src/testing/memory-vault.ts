import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { type ActorToken, type Link, type Person, type RosterPerson, type Sealed, type SeenActor, type Vault } from '@pharos/vault';

/**
 * The whole port in memory, for tests and benchmarks of the door: it keeps nothing, so it is never wired into a server.
 *
 * @param newToken tests hand in a counter, so that tokens can be read
 */
export function createMemoryVault(newToken: () => string = () => `t_${randomUUID().replaceAll('-', '')}`): Vault {
  return new MemoryVault(newToken);
}

class MemoryVault implements Vault {
  /** `tenant|identifier` → first token. */
  private readonly first = new Map<string, string>();
  /** First token → the token that stands for it since a link. */
  private readonly linked = new Map<string, string>();
  private readonly known = new Map<string, Person>();
  private readonly variantIds = new Map<string, string>();
  private readonly sent = new Map<string, { readonly token: string; readonly asSent: unknown }>();
  private readonly rostered = new Set<string>();
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly newToken: () => string) {}

  tokensFor(tenant: string, actors: readonly SeenActor[]): Promise<readonly ActorToken[]> {
    return Promise.resolve(actors.map(({ identifier, asSent }) => this.tokenFor(tenant, identifier, asSent)));
  }

  variants(tenant: string, variants: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const known = variants.flatMap((variant) => {
      const kept = this.sent.get(`${tenant}|${variant}`);
      return kept ? [[variant, kept.asSent] as const] : [];
    });
    return Promise.resolve(new Map(known));
  }

  registerPeople(tenant: string, people: readonly RosterPerson[]): Promise<{ tokens: string[]; links: Link[] }> {
    const links: Link[] = [];
    const tokens = people.map((person) => {
      const known = person.identifiers
        .map((identifier) => this.first.get(`${tenant}|${identifier}`))
        .filter((token) => token !== undefined);
      const [canonical = this.newToken(), ...others] = new Set(known.map((token) => this.resolve(token)));
      for (const identifier of person.identifiers) {
        const key = `${tenant}|${identifier}`;
        if (!this.first.has(key)) this.first.set(key, canonical);
      }
      for (const other of others) {
        this.linked.set(other, canonical);
        links.push({ learner: other, canonical, because: 'roster' });
      }
      this.remember(tenant, canonical, person);
      return canonical;
    });
    return Promise.resolve({ tokens, links });
  }

  people(tenant: string, tokens: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const known = tokens.flatMap((token) => {
      const person = this.known.get(`${tenant}|${token}`);
      return person ? [[token, person] as const] : [];
    });
    return Promise.resolve(new Map(known));
  }

  find(tenant: string, identifier: string): Promise<string | undefined> {
    const first = this.first.get(`${tenant}|${identifier}`);
    return Promise.resolve(first === undefined ? undefined : this.resolve(first));
  }

  firstToken(tenant: string, identifier: string): Promise<string | undefined> {
    return Promise.resolve(this.first.get(`${tenant}|${identifier}`));
  }

  async aliases(tenant: string, identifier: string): Promise<readonly string[]> {
    const canonical = await this.find(tenant, identifier);
    if (canonical === undefined) return [];
    return [canonical, ...[...this.linked].flatMap(([first, token]) => (token === canonical ? [first] : []))];
  }

  async sentAs(tenant: string, identifier: string): Promise<readonly unknown[]> {
    const tokens = await this.aliases(tenant, identifier);
    const kept = [...this.sent].filter(([key, { token }]) => key.startsWith(`${tenant}|`) && tokens.includes(token));
    return kept.map(([, { asSent }]) => asSent);
  }

  async search(tenant: string, text: string, within: readonly string[]): Promise<readonly string[]> {
    const found = await this.people(tenant, within);
    const begins = (value: string | null) => value?.toLowerCase().startsWith(text.toLowerCase()) ?? false;
    return [...found.values()].filter((p) => [p.givenName, p.familyName, p.email, p.sourcedId].some(begins)).map((p) => p.token);
  }

  unknownActors(tenant: string, limit: number): Promise<readonly { token: string; identifier: string; firstSeen: Date }[]> {
    const unknown = [...this.first]
      .filter(([key, token]) => key.startsWith(`${tenant}|`) && !this.rostered.has(`${tenant}|${this.resolve(token)}`))
      .map(([key, token]) => ({ token, identifier: key.slice(tenant.length + 1), firstSeen: new Date(0) }));
    return Promise.resolve(unknown.slice(-limit).reverse());
  }

  unlink(_tenant: string, learner: string): Promise<void> {
    this.linked.delete(learner);
    return Promise.resolve();
  }

  seal(tenant: string, texts: readonly Sealed[]): Promise<readonly string[]> {
    return Promise.resolve(texts.map(({ learner, text }) => encrypt(this.keyOf(`${tenant}|learner|${learner}`), text)));
  }

  unseal(tenant: string, sealed: readonly Sealed[]): Promise<readonly (string | null)[]> {
    return Promise.resolve(
      sealed.map(({ learner, text }) => {
        const key = this.keys.get(`${tenant}|learner|${learner}`);
        return key ? decrypt(key, text) : null;
      }),
    );
  }

  sealForTenant(tenant: string, text: string): Promise<string> {
    return Promise.resolve(encrypt(this.keyOf(`${tenant}|tenant`), text));
  }

  unsealForTenant(tenant: string, sealed: string): Promise<string> {
    return Promise.resolve(decrypt(this.keyOf(`${tenant}|tenant`), sealed));
  }

  hashKey(tenant: string): Promise<Buffer> {
    return Promise.resolve(this.keyOf(`${tenant}|hash`));
  }

  erase(tenant: string, token: string): Promise<void> {
    for (const [key, first] of this.first) if (key.startsWith(`${tenant}|`) && this.resolve(first) === token) this.first.delete(key);
    for (const [key, { token: whose }] of this.sent) if (this.resolve(whose) === token) this.sent.delete(key);
    this.known.delete(`${tenant}|${token}`);
    this.keys.delete(`${tenant}|learner|${token}`);
    return Promise.resolve();
  }

  private resolve(first: string): string {
    return this.linked.get(first) ?? first;
  }

  private tokenMade(tenant: string, identifier: string): string {
    const key = `${tenant}|${identifier}`;
    let token = this.first.get(key);
    if (token === undefined) this.first.set(key, (token = this.newToken()));
    return token;
  }

  private tokenFor(tenant: string, identifier: string, asSent: unknown): ActorToken {
    const firstToken = this.tokenMade(tenant, identifier);
    const key = `${tenant}|${JSON.stringify([identifier, asSent])}`;
    let variant = this.variantIds.get(key);
    if (variant === undefined) {
      this.variantIds.set(key, (variant = String(this.variantIds.size + 1)));
      this.sent.set(`${tenant}|${variant}`, { token: firstToken, asSent });
    }
    return { token: this.resolve(firstToken), firstToken, variant };
  }

  private remember(tenant: string, token: string, { identifiers, givenName, familyName, email }: RosterPerson): void {
    this.rostered.add(`${tenant}|${token}`);
    const displayName = [givenName, familyName].filter(Boolean).join(' ');
    const sourced = identifiers.find((identifier) => identifier.startsWith('sourced:'));
    this.known.set(`${tenant}|${token}`, {
      token,
      givenName: givenName ?? null,
      familyName: familyName ?? null,
      displayName: displayName === '' ? null : displayName,
      email: email ?? null,
      sourcedId: sourced?.slice('sourced:'.length) ?? null,
    });
  }

  private keyOf(name: string): Buffer {
    let key = this.keys.get(name);
    if (key === undefined) this.keys.set(name, (key = randomBytes(32)));
    return key;
  }
}

function encrypt(key: Buffer, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function decrypt(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
}
