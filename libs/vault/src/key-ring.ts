import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { inspect } from 'node:util';

/** The keys cannot be used. The message is one line for an operator and never holds a key. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
  constructor(
    readonly code: 'missing' | 'unreadable' | 'open-to-others' | 'exists' | 'unknown-key' | 'other-index',
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
  #current: string;
  #keys: ReadonlyMap<string, KeyObject>;
  readonly #index: KeyObject;

  constructor(current: string, keys: ReadonlyMap<string, Buffer>, index: Buffer) {
    if ([...keys.values(), index].some((key) => key.length !== keyBytes))
      throw new KeyRingError('unreadable', `a key has ${keyBytes} bytes`);
    if (!keys.has(current)) throw new KeyRingError('unknown-key', `the current key ${current} is not among the keys`);
    this.#current = current;
    this.#keys = new Map([...keys].map(([id, key]) => [id, createSecretKey(key)]));
    this.#index = createSecretKey(index);
  }

  /** The key that wraps. */
  get current(): string {
    return this.#current;
  }

  /**
   * Takes the master keys of a newer state of the same ring, for whoever holds this one.
   *
   * @throws KeyRingError `other-index` where the key of the blind index differs: nobody could be found under it
   */
  become(newer: KeyRing): void {
    if (!newer.#index.equals(this.#index))
      throw new KeyRingError('other-index', 'the key file holds another key of the blind index: it is not a newer state of the same ring');
    this.#current = newer.#current;
    this.#keys = newer.#keys;
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

/**
 * Adds a master key that opens and does not wrap yet: whatever it will have wrapped has to be opened by every process, also by
 * one to which the file comes later. Then `useNewestKey`.
 */
export async function addMasterKey(file: string): Promise<KeyRing> {
  const ring = JSON.parse(await readKeyFile(file)) as KeyRingText;
  let number = Object.keys(ring.keys).length + 1;
  while (`k${number}` in ring.keys) number++;
  return writeRing(file, { ...ring, keys: { ...ring.keys, [`k${number}`]: newKey() } });
}

/** Has the key that was added last wrap from now on. Then `rotateKeys` of the vault. Repeating it changes nothing. */
export async function useNewestKey(file: string): Promise<KeyRing> {
  const ring = JSON.parse(await readKeyFile(file)) as KeyRingText;
  return writeRing(file, { ...ring, current: Object.keys(ring.keys).at(-1)! });
}

const LOOK_EVERY_MS = 2_000;

/**
 * Keeps an open ring as its file is, so that a process need not be started again for a new key.
 *
 * @param hears `onChange` when the ring is as its file again, `onError` of a file that cannot be used: the ring stays as it was then
 * @returns what ends it
 */
export function followKeyRing(
  ring: KeyRing,
  file: string,
  { onChange, onError }: { readonly onChange: () => void; readonly onError: (error: unknown) => void },
): () => void {
  const look = (): void => void openKeyRing({ file }).then((newer) => ring.become(newer)).then(onChange, onError); // prettier-ignore
  watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, look);
  return () => unwatchFile(file, look);
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
