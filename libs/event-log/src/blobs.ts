/**
 * Bytes under the name of their content: attachments, archive segments, learned values of models.
 *
 * What is put twice is kept once, and what is read is checked against its name.
 */
export interface BlobStore {
  /** Stores bytes durably. @returns the key: SHA-256 of the bytes as 64 lower-case hexadecimal digits */
  put(bytes: Uint8Array): Promise<string>;

  /** The bytes of a key; undefined when there are none. @throws BlobDamaged when they are no longer what was put */
  get(key: string): Promise<Buffer | undefined>;

  has(key: string): Promise<boolean>;

  /** Removes the bytes; nothing happens when there are none. */
  delete(key: string): Promise<void>;

  /** Stores bytes durably under a name of lower-case letters, digits and dashes, in the place of what it held. */
  putNote(name: string, bytes: Uint8Array): Promise<void>;

  /** What a name holds; undefined when it never held anything. */
  getNote(name: string): Promise<Buffer | undefined>;
}

/** What lies under a key is not what was put there. */
export class BlobDamaged extends Error {
  override readonly name = 'BlobDamaged';
  constructor(readonly key: string) {
    super(`The stored bytes of ${key} are damaged.`);
  }
}

/** The store did not answer, or refused: try again later, or see to its settings. */
export class BlobUnavailable extends Error {
  override readonly name = 'BlobUnavailable';
}
