import { createSecretKey } from 'node:crypto';
import { actorIdentifier } from './actors/identity.js';
import { collectActors, replaceActors } from './actors/tokens.js';
import { comparableHash } from './comparison/comparable-hash.js';
import { KNOWN_EXTENSIONS } from './sealing/known-extensions.js';
import { sealablePaths } from './sealing/sealable.js';
import { type Statement } from './statement.js';
import { validateStatement } from './validation/validation.js';

/** One step of the door: its best round, because a busy machine only ever makes a round slower. */
export interface StepFigure {
  readonly step: string;
  readonly perSecond: number;
  readonly microseconds: number;
}

/**
 * Measures what the pure part of the door costs on one core, for parsed valid statements of 1.0.3.
 *
 * By hand, after a build, with the statements of a file (one a line):
 *
 *     node --input-type=module -e "
 *       import { readFileSync } from 'node:fs'; import { gunzipSync } from 'node:zlib';
 *       import { measureDoor } from '@pharos/xapi/validation.bench';
 *       const lines = gunzipSync(readFileSync(process.argv[1])).toString().trim().split('\n');
 *       console.table(measureDoor(lines.map((line) => JSON.parse(line)), () => performance.now()));" FILE
 *
 * @param now a clock in milliseconds
 * @throws RangeError for no statements
 */
export function measureDoor(statements: readonly Statement[], now: () => number, rounds = 8): StepFigure[] {
  if (statements.length === 0) throw new RangeError('nothing to measure with');
  const key = createSecretKey(Buffer.alloc(32, 1));
  const steps: Readonly<Record<string, (statement: Statement) => unknown>> = {
    validate: (statement) => validateStatement(statement, '1.0.3'),
    hash: (statement) => comparableHash(statement, actorIdentifier, key),
    'collect actors': collectActors,
    'replace actors': (statement) => replaceActors(statement, () => ({ token: 't', variant: 'v' })),
    'find what to seal': (statement) => sealablePaths(statement, KNOWN_EXTENSIONS),
  };
  return Object.entries(steps).map(([step, run]) => {
    let best = Infinity;
    for (let round = 0; round < rounds; round++) {
      const started = now();
      for (const statement of statements) run(statement);
      best = Math.min(best, now() - started);
    }
    const microseconds = (best * 1000) / statements.length;
    return { step, perSecond: Math.round(1_000_000 / microseconds), microseconds };
  });
}
