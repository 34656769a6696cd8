import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { inspect } from 'node:util';

/** The keys cannot be used. The message is one line for an operator and never holds a key. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
  constructor(
    readonly code: 'missing' | 'unreadable' | 'open-to-others' | 'exists' | 'unknown-key',
    message: string,
  ) {
    super(message);
  }
}

const keyBytes = 32;

/**
 * Master keys by id, one of them current, and the key of the blind index. They live apart from what they protect. What
 * prints a ring prints the ids only.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #index: KeyObject;

  constructor(
    readonly current: string,
    keys: ReadonlyMap<string, Buffer>,
    index: Buffer,
  ) {
    if ([...keys.values(), index].some((key) => key.length !== keyBytes))
      throw new KeyRingError('unreadable', `a key has ${keyBytes} bytes`);
    if (!keys.has(current)) throw new KeyRingError('unknown-key', `the current key ${current} is not among the keys`);
    this.#keys = new Map([...keys].map(([id, key]) => [id, createSecretKey(key)]));
    this.#index = createSecretKey(index);
  }

  /** @throws KeyRingError for an id that is not in the ring: then what it protects cannot be opened */
  key(id: string): KeyObject {
    const key = this.#keys.get(id);
    if (!key) throw new KeyRingError('unknown-key', `the key ${id} is not in the ring`);
    return key;
  }

  get index(): KeyObject {
    return this.#index;
  }

  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  toJSON(): object {
    return { current: this.current, ids: this.ids };
  }

  [inspect.custom](): string {
    return `KeyRing ${JSON.stringify(this)}`;
  }
}

interface KeyRingText {
  readonly current: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly index: string;
}

/**
 * Reads a ring from its text: `{"current":"k1","keys":{"k1":"<32 bytes, base64>"},"index":"<32 bytes, base64>"}`.
 *
 * @throws KeyRingError, without the text
 */
export function parseKeyRing(text: string): KeyRing {
  let read: Partial<KeyRingText>;
  try {
    read = JSON.parse(text) as Partial<KeyRingText>;
  } catch {
    throw new KeyRingError('unreadable', 'the key ring is not JSON');
  }
  const { current, keys, index } = read;
  if (typeof current !== 'string' || typeof index !== 'string' || typeof keys !== 'object') {
    throw new KeyRingError('unreadable', 'the key ring needs current, keys and index');
  }
  return new KeyRing(
    current,
    new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')])),
    Buffer.from(index, 'base64'),
  );
}

/** Opens a ring from its file, which nobody but its owner may read, or from text (configuration). */
export async function openKeyRing(source: { readonly file: string } | { readonly text: string }): Promise<KeyRing> {
  if ('text' in source) return parseKeyRing(source.text);
  return parseKeyRing(await readKeyFile(source.file));
}

async function readKeyFile(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new KeyRingError('missing', `there is no key file ${file}`);
  if ((found.mode & 0o077) !== 0) throw new KeyRingError('open-to-others', `others may read the key file ${file}: chmod 600 it`);
  return readFile(file, 'utf8');
}

const newKey = (): string => randomBytes(keyBytes).toString('base64');

/** Makes a ring with one key in a new file (mode 0600), durable when it returns. @throws KeyRingError `exists` */
export async function createKeyRing(file: string): Promise<KeyRing> {
  if (await stat(file).catch(() => undefined)) throw new KeyRingError('exists', `the key file ${file} is there already`);
  return writeRing(file, { current: 'k1', keys: { k1: newKey() }, index: newKey() });
}

/** Adds a master key and makes it the current one. Then reopen the vault with it and call `rotateKeys`. */
export async function addMasterKey(file: string): Promise<KeyRing> {
  const ring = JSON.parse(await readKeyFile(file)) as KeyRingText;
  let number = Object.keys(ring.keys).length + 1;
  while (`k${number}` in ring.keys) number++;
  return writeRing(file, { ...ring, current: `k${number}`, keys: { ...ring.keys, [`k${number}`]: newKey() } });
}

async function writeRing(file: string, ring: KeyRingText): Promise<KeyRing> {
  const text = JSON.stringify(ring, null, 2);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  return parseKeyRing(text);
}
