import { createHmac, hash } from 'node:crypto';
import { type DocumentKey, type Documents, type DocumentScope, type StoredDocument } from '@pharos/registry';
import { type Vault } from '@pharos/vault';

/** A document as a platform sends and gets it. */
export interface Document {
  readonly contentType: string;
  readonly content: Buffer;
}

export interface FoundDocument extends Document {
  readonly etag: string;
  readonly updatedAt: Date;
}

/** Whose and what for. `learner` is the agent's first token, which no later link changes; none for documents of an activity. */
export interface DocumentPlace {
  readonly kind: DocumentScope['kind'];
  readonly activity?: string;
  readonly learner?: string;
  readonly registration?: string;
}

/** Why a document was not changed. */
export interface DocumentRefusal {
  readonly status: 400 | 409 | 412;
  readonly detail: string;
}

export type Precondition = (standing: StoredDocument | undefined) => DocumentRefusal | undefined;

interface Sealed {
  readonly id: string;
  readonly contentType: string;
  readonly content: string;
}

/**
 * Documents of one tenant. Where they stand is a keyed hash, and what they say, their type and even their id are sealed with
 * the key of the learner whom they are about: the registry holds no identity, and an erasure makes all of it unreadable.
 * Documents of an activity are about nobody in particular and are sealed with the tenant's key.
 */
export class DocumentStore {
  constructor(
    private readonly tenant: string,
    private readonly documents: Documents,
    private readonly vault: Pick<Vault, 'seal' | 'unseal' | 'sealForTenant' | 'unsealForTenant' | 'hashKey'>,
  ) {}

  async get(place: DocumentPlace, id: string): Promise<FoundDocument | undefined> {
    const standing = await this.documents.get(await this.keyOf(place, id));
    const opened = standing && (await this.open(standing));
    if (standing === undefined || opened === undefined) return undefined;
    const { contentType, content } = opened;
    return { contentType, content: Buffer.from(content, 'base64'), etag: standing.etag, updatedAt: standing.updatedAt };
  }

  /** Puts a document in the place of what stands there. */
  async put(place: DocumentPlace, id: string, document: Document, precondition: Precondition): Promise<DocumentRefusal | undefined> {
    const sealed = await this.seal(place, id, document);
    return this.documents.change<DocumentRefusal>(await this.keyOf(place, id), (standing) => {
      const refuse = precondition(standing);
      return Promise.resolve(refuse ? { refuse } : { put: sealed });
    });
  }

  /** Merges a JSON object into the one that stands there, property by property at the top; puts it where none stands. */
  async merge(place: DocumentPlace, id: string, document: Document, precondition: Precondition): Promise<DocumentRefusal | undefined> {
    return this.documents.change<DocumentRefusal>(await this.keyOf(place, id), async (standing) => {
      const refuse = precondition(standing);
      if (refuse) return { refuse };
      const before = standing && (await this.open(standing));
      if (!before) return { put: await this.seal(place, id, document) };
      const posted = objectOf(document.contentType, document.content);
      const kept = objectOf(before.contentType, Buffer.from(before.content, 'base64'));
      if (!posted || !kept) {
        const what = posted ? 'The document that stands there' : 'What was posted';
        return { refuse: { status: 400, detail: `${what} is not a JSON object of type application/json, so they cannot be merged.` } };
      }
      const content = Buffer.from(JSON.stringify({ ...kept, ...posted }));
      return { put: await this.seal(place, id, { contentType: before.contentType, content }) };
    });
  }

  async remove(place: DocumentPlace, id: string, precondition: Precondition): Promise<DocumentRefusal | undefined> {
    return this.documents.change<DocumentRefusal>(await this.keyOf(place, id), (standing) => {
      const refuse = precondition(standing);
      return Promise.resolve(refuse ? { refuse } : { remove: true });
    });
  }

  /** Ids of the documents of a place, oldest change first, and when the last of them was changed. */
  async ids(place: DocumentPlace, since?: Date): Promise<{ readonly ids: readonly string[]; readonly lastModified: Date | undefined }> {
    const found = await this.documents.list(await this.scopeOf(place), since);
    const opened = await Promise.all(found.map((standing) => this.open(standing)));
    const ids = opened.filter((each) => each !== undefined).map(({ id }) => id);
    return { ids: [...new Set(ids)], lastModified: found.at(-1)?.updatedAt };
  }

  /** Removes all documents of a place; only those changed since, where that is given. */
  async clear(place: DocumentPlace, since?: Date): Promise<void> {
    await this.documents.clear(await this.scopeOf(place), since);
  }

  private async scopeOf({ kind, activity = '', learner = '', registration }: DocumentPlace) {
    const key = await this.vault.hashKey(this.tenant);
    const scope = keyedHash(key, kind, activity, learner);
    return { kind, scope, ...(registration !== undefined && { registration: keyedHash(key, 'registration', registration) }) };
  }

  private async keyOf(place: DocumentPlace, id: string): Promise<DocumentKey> {
    const key = await this.vault.hashKey(this.tenant);
    return { registration: '', ...(await this.scopeOf(place)), id: keyedHash(key, 'document', id) };
  }

  private async seal({ learner }: DocumentPlace, id: string, { contentType, content }: Document): Promise<Omit<StoredDocument, 'updatedAt'>> {
    const text = JSON.stringify({ id, contentType, content: content.toString('base64') } satisfies Sealed);
    const sealed = learner === undefined ? await this.vault.sealForTenant(this.tenant, text) : await this.vault.seal(this.tenant, [{ learner, text }]);
    const etag = hash('sha1', content, 'hex');
    return { etag, learner: learner ?? null, sealed: typeof sealed === 'string' ? sealed : sealed[0]! };
  }

  /** Undefined for a learner who was erased. */
  private async open({ learner, sealed }: StoredDocument): Promise<Sealed | undefined> {
    const text =
      learner === null ? await this.vault.unsealForTenant(this.tenant, sealed) : (await this.vault.unseal(this.tenant, [{ learner, text: sealed }]))[0];
    return typeof text === 'string' ? (JSON.parse(text) as Sealed) : undefined;
  }
}

const keyedHash = (key: Buffer, ...parts: readonly string[]) => createHmac('sha256', key).update(JSON.stringify(['document', ...parts])).digest('base64url'); // prettier-ignore

/** The JSON object that a document holds; undefined for another type, other JSON, or none. */
export function objectOf(contentType: string, content: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (!/^application\/json\s*(;|$)/i.test(contentType)) return undefined;
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
