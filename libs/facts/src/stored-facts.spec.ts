import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Envelope } from './envelope.js';
import { kinds } from './fact.js';
import { readFact } from './read-fact.js';

/**
 * Facts as they lie in logs out there: of every type and version one with the least and one with all that it may say. A line, once
 * released, is never changed or taken away, since logs are not either: a shape that no longer reads it needs a new version and an
 * upcaster, and a new version needs lines of its own here.
 */
const lines = readFileSync(new URL('stored-facts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const stored = lines.map((line) => JSON.parse(line) as Envelope);

describe('what lies in a log', () => {
  it.each(stored.map((fact, index) => [`${fact.type} ${fact.version}, line ${index + 1}`, fact] as const))('is read: %s', (_, fact) => {
    const read = readFact(fact);
    expect(read.ok ? undefined : read.reason).toBeUndefined();
    // Of the present version nothing may be lost or added on the way; a lifted one only has to be of the present version.
    if (read.ok && fact.version === kinds.get(fact.type)!.version) expect(read.fact).toEqual(fact);
    if (read.ok) expect(read.fact.version).toBe(kinds.get(fact.type)!.version);
  });

  it('has a line here for every type and version', () => {
    const known = new Set(stored.map(({ type, version }) => `${type} ${version}`));
    const needed = [...kinds].flatMap(([type, { version }]) => Array.from({ length: version }, (_, before) => `${type} ${before + 1}`));
    expect(needed.filter((each) => !known.has(each))).toEqual([]);
  });
});
