import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Statement } from '../statement.js';
import { statements } from '../testing.js';
import { lintStatement } from './lint-statement.js';

const id = '8f87ccde-bb56-4c2e-ab83-44982ef22df0';
const good: Statement = {
  id,
  actor: { mbox: 'mailto:ann@example.org' },
  verb: { id: 'http://e.org/did', display: { en: 'did' } },
  object: { objectType: 'Activity', id: 'http://e.org/1' },
  timestamp: '2026-01-01T10:00:00Z',
};
const paths = (change: object) => lintStatement({ ...good, ...change }).map(({ section, path }) => `${section} ${path}`);

describe('advice on valid statements', () => {
  it('has none for one that does as it should', () => {
    expect(lintStatement(good)).toEqual([]);
    expect(lintStatement({ ...good, result: { score: { raw: 1 }, duration: 'PT1.25S', extensions: { 'http://e.org/x': {} } } })).toEqual(
      [],
    );
  });

  it.each<readonly [object, string]>([
    [{ id: undefined }, '2.4.1 id'],
    [{ version: '1.0.0' }, '2.4.10 version'],
    [{ verb: { id: 'http://e.org/did' } }, '2.4.3 verb.display'],
    [{ object: { id: 'http://e.org/1' } }, '2.4.4 object.objectType'],
    [{ timestamp: '2026-01-01T10:00:00' }, '4.5 timestamp'],
    [{ result: { duration: 'PT1.255S' } }, '4.6 result.duration'],
    [{ result: { score: { raw: 1, max: 2 } } }, '2.4.5.1 result.score.scaled'],
    [{ context: { contextActivities: { parent: { id: 'http://e.org/2' } } } }, '2.4.6.2 context.contextActivities.parent'],
    [{ object: { ...good.object, definition: { interactionType: 'choice' } } }, '2.4.4.1 object.definition.type'],
    [{ context: {} }, '2.2 context'],
    [{ object: { ...good, id: undefined, objectType: 'SubStatement', verb: { id: 'http://e.org/x' } } }, '2.4.3 object.verb.display'],
  ])('%j: %s', (change, expected) => {
    const changed = JSON.parse(JSON.stringify({ ...good, ...change })) as object;
    expect(paths({ id: undefined, ...changed })).toContain(expected);
  });

  it('is given on any valid statement', () => {
    fc.assert(
      fc.property(statements('1.0.3'), (statement) => lintStatement(statement).every(({ path, message }) => path !== '' && message !== '')),
    );
  });
});
