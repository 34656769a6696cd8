import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type IdentifiedActor, replaceActors, restoreActors, validateBatch } from './index.js';
import { type Statement } from './statement.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = process.env.PHAROS_SHARED_DATA ?? path.join(root, '../shared/data');
const file = path.join(folder, 'xapi/fun-mooc-video-statements.ndjson.gz');
const present = existsSync(file);
// Real learning records are not part of the project; without them there is nothing to check here.
const withData = present ? it : it.skip;
const absent = present ? '' : ` (skipped: no ${file})`;

function statements(): Statement[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Statement);
}

describe(`real video statements${absent}`, () => {
  withData('are all valid', () => {
    const all = statements();
    expect(all).toHaveLength(22_000);
    expect(validateBatch(all, '1.0.3')).toEqual([]);
    expect(validateBatch(all, '2.0.0')).toEqual([]);
  });

  withData('name 1,452 people, and come back equal from the swap', () => {
    const people = new Set<string>();
    const variants = new Map<string, IdentifiedActor>();
    const unequal: unknown[] = [];
    for (const statement of statements()) {
      const swapped = replaceActors(statement, ({ identifier, sent, variantKey }) => {
        people.add(identifier);
        variants.set(variantKey, sent);
        return { token: `t${people.size}`, variant: variantKey };
      });
      const back = restoreActors(swapped, (_, variant) => variants.get(variant)!);
      if (!isDeepStrictEqual(back, statement)) unequal.push(statement);
    }
    expect(unequal).toEqual([]);
    expect(people.size).toBe(1_452);
  });
});
