import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Statement, type SubStatement, VOIDED_VERB, voidedTarget, type XapiVersion } from '../statement.js';
import { statements } from '../testing.js';
import { BROKEN, BROKEN_IN_1_0_3, BROKEN_IN_2_0_0, BROKEN_WHOLE, type Broken } from './broken-rules.js';
import { MAX_FORMATTED_LENGTH } from './structure.js';
import { validateActor, validateBatch, validateStatement } from './validation.js';

const VERSIONS: readonly XapiVersion[] = ['1.0.3', '2.0.0'];
const activity = { id: 'http://example.com/activity' };

function breaking(statement: Statement, { change }: Broken): Record<string, unknown> {
  const { context, ...rest } = statement;
  // Revision and platform would be a second fault beside an object that is no activity.
  const kept = 'object' in change || context === undefined ? rest : { ...rest, context };
  const changed: Record<string, unknown> = { ...kept, object: activity, ...change };
  for (const [key, value] of Object.entries(change)) if (value === undefined) delete changed[key];
  return changed;
}

function asSubStatement(changed: Record<string, unknown>): unknown {
  const { id: _id, stored: _stored, version: _version, authority: _authority, ...inner } = changed;
  return { ...inner, objectType: 'SubStatement' };
}

describe.each(VERSIONS)('validation of %s', (version) => {
  it('takes any valid statement', () => {
    fc.assert(
      fc.property(statements(version), (statement) => {
        expect(validateStatement(statement, version)).toEqual([]);
        expect(validateStatement(JSON.parse(JSON.stringify(statement)), version)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const rules = [...BROKEN, ...(version === '2.0.0' ? BROKEN_IN_2_0_0 : BROKEN_IN_1_0_3)];

  it.each(rules)('refuses $rule at $path', (broken) => {
    fc.assert(
      fc.property(statements(version), (statement) => {
        const changed = breaking(statement, broken);
        expect(validateStatement(changed, version).map(({ path }) => path)).toEqual([broken.path]);
        expect(validateBatch([statement, changed], version).map(({ path }) => path)).toContain(`[1].${broken.path}`);
      }),
      { numRuns: 4 },
    );
  });

  it.each(rules)('refuses $rule in a sub-statement too', (broken) => {
    fc.assert(
      fc.property(statements(version), (statement) => {
        const { context: _context, ...outer } = statement;
        const nested = { ...outer, object: asSubStatement(breaking(statement, broken)) };
        expect(validateStatement(nested, version).map(({ path }) => path)).toEqual([`object.${broken.path}`]);
      }),
      { numRuns: 4 },
    );
  });

  it.each(BROKEN_WHOLE)('refuses $rule at $path', (broken) => {
    fc.assert(
      fc.property(statements(version), (statement) => {
        expect(validateStatement(breaking(statement, broken), version).map(({ path }) => path)).toContain(broken.path);
      }),
      { numRuns: 4 },
    );
  });

  it('refuses id, stored, version, authority and a sub-statement inside a sub-statement', () => {
    fc.assert(
      fc.property(statements(version), statements(version), (statement, other) => {
        const inner: Partial<SubStatement> = { actor: other.actor, verb: other.verb, object: activity, objectType: 'SubStatement' };
        const { context: _context, ...outer } = statement;
        for (const extra of ['id', 'stored', 'version', 'authority']) {
          const found = validateStatement({ ...outer, object: { ...inner, [extra]: 'x' } }, version);
          expect(found).toEqual([{ path: `object.${extra}`, message: 'is not a property of a sub-statement' }]);
        }
        const nested = validateStatement({ ...outer, object: { ...inner, object: inner } }, version);
        expect(nested.map(({ path }) => path)).toEqual(['object.object.objectType']);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses an id that comes twice, in whatever case', () => {
    fc.assert(
      fc.property(statements(version), statements(version), fc.uuid(), (a, b, id) => {
        const batch = [
          { ...a, id },
          { ...b, id: id.toUpperCase() },
        ];
        expect(validateBatch(batch, version)).toEqual([{ path: '[1].id', message: 'is the id of [0] already' }]);
      }),
      { numRuns: 20 },
    );
  });

  it.each([null, [], 'statement', 7, true])('refuses %j as a statement', (value) => {
    expect(validateStatement(value, version)).toHaveLength(1);
    expect(validateBatch([value], version)[0]?.path).toBe('[0]');
  });

  it('names each bad statement of a batch', () => {
    const good = { actor: { mbox: 'mailto:a@b.c' }, verb: { id: 'http://a/b' }, object: activity };
    const bad = { ...good, verb: { id: 'b' } };
    expect(validateBatch([bad, good, bad], version)).toEqual([
      { path: '[0].verb.id', message: 'must be an IRI with a scheme (RFC 3987)' },
      { path: '[2].verb.id', message: 'must be an IRI with a scheme (RFC 3987)' },
    ]);
  });
});

describe('a message', () => {
  const good = { actor: { mbox: 'mailto:a@b.c' }, verb: { id: 'http://a/b' }, object: activity };
  it.each([
    [{ ...good, Result: {} }, 'Result', 'is not a property of a statement; did you mean result?'],
    [{ ...good, actor: {} }, 'actor', 'needs one of mbox, mbox_sha1sum, openid, account'],
    [{ ...good, verb: { id: 'http://a/b', display: null } }, 'verb.display', 'must be object, not null'],
    [{ ...good, verb: { id: 'http://a/b', display: { en_US: 'b' } } }, 'verb.display.en_US', 'the key must be a language tag (RFC 5646)'],
    [{ ...good, result: { extensions: { 'a b': 1 } } }, 'result.extensions["a b"]', 'the key must be an IRI with a scheme (RFC 3987)'],
    [
      { ...good, object: { ...activity, definition: { interactionType: 'Choice' } } },
      'object.definition.interactionType',
      'must be one of true-false, choice, fill-in, long-fill-in, matching, performance, sequencing, likert, numeric, other',
    ],
    [{ ...good, result: { score: { scaled: 1.1 } } }, 'result.score.scaled', 'must be <= 1'],
  ])('says what is wrong: %j', (statement, path, message) => {
    expect(validateStatement(statement, '1.0.3')).toEqual([{ path, message }]);
  });
});

describe('an actor alone', () => {
  it.each([
    [{ mbox: 'mailto:a@b.c' }, []],
    [{ objectType: 'Group', member: [{ mbox: 'mailto:a@b.c' }] }, []],
    [{ mbox: 'a@b.c' }, ['agent.mbox']],
    [{}, ['agent']],
    ['mailto:a@b.c', ['agent']],
    [null, ['agent']],
    [[], ['agent']],
  ])('%j has faults at %j', (actor, paths) => {
    expect(validateActor(actor, '1.0.3', 'agent').map(({ path }) => path)).toEqual(paths);
  });
});

describe('an address of millions of characters', () => {
  it('is refused, and does not exhaust the stack', () => {
    const statement = { actor: { mbox: 'mailto:a@b.c' }, verb: { id: `http://a/${'%41'.repeat(10_000_000)}` }, object: activity };
    expect(validateStatement(statement, '1.0.3').map(({ path }) => path)).toEqual(['verb.id']);
    expect(validateStatement({ ...statement, verb: { id: `a:${'a'.repeat(MAX_FORMATTED_LENGTH - 2)}` } }, '1.0.3')).toEqual([]);
  });
});

describe('voiding', () => {
  const id = '8F87CCDE-BB56-4C2E-AB83-44982EF22DF0';
  const reference = { objectType: 'StatementRef', id } as const;
  it('names its target only with the reserved verb and a reference', () => {
    expect(voidedTarget({ verb: { id: VOIDED_VERB }, object: reference })).toBe(id.toLowerCase());
    expect(voidedTarget({ verb: { id: 'http://a/commented' }, object: reference })).toBeUndefined();
    expect(voidedTarget({ verb: { id: VOIDED_VERB }, object: activity })).toBeUndefined();
  });
});
