import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answeredStatement, prepareStatement } from './preparation.js';
import { type Statement } from './statement.js';
import { statements } from './testing.js';
import { validateStatement } from './validation/validation.js';

const id = '8f87ccde-bb56-4c2e-ab83-44982ef22df0';
const authority = { mbox: 'mailto:lms@example.org' };
const stored = '2021-11-29T23:09:00.867Z';
const statement: Statement = {
  actor: { mbox: 'mailto:ann@example.org' },
  verb: { id: 'http://a/verb' },
  object: { id: 'http://a/activity' },
  context: { contextActivities: { parent: { id: 'http://a/1' }, other: [{ id: 'http://a/2' }] } },
};

describe('preparing a statement', () => {
  it('gives id and version where there are none', () => {
    expect(prepareStatement(statement, '1.0.3', () => id)).toEqual({ ...statement, id, version: '1.0.0' });
    expect(prepareStatement(statement, '2.0.0', () => id).version).toBe('2.0.0');
  });

  it('keeps those that were sent', () => {
    const sent = { ...statement, id, version: '1.0.2' };
    expect(prepareStatement(sent, '1.0.3', () => 'never')).toEqual(sent);
  });
});

describe('answering a statement', () => {
  it('sets what the store sets, and makes lists of single context activities', () => {
    const answer = answeredStatement(
      prepareStatement(statement, '1.0.3', () => id),
      stored,
      authority,
    );
    expect(answer).toEqual({
      ...statement,
      context: { contextActivities: { parent: [{ id: 'http://a/1' }], other: [{ id: 'http://a/2' }] } },
      id,
      version: '1.0.0',
      timestamp: stored,
      stored,
      authority,
    });
  });

  it('reaches into a sub-statement, and keeps a timestamp that was sent', () => {
    const timestamp = '2020-01-01T00:00:00.123456789+05:30';
    const { actor, verb, context } = statement;
    const object = { id: 'http://a/activity' };
    const nested: Statement = {
      actor,
      verb,
      object: { objectType: 'SubStatement', actor, verb, object, ...(context && { context }) },
      timestamp,
    };
    const answer = answeredStatement(
      prepareStatement(nested, '1.0.3', () => id),
      stored,
      authority,
    );
    expect(answer.timestamp).toBe(timestamp);
    expect(answer.object).toMatchObject({ context: { contextActivities: { parent: [{ id: 'http://a/1' }] } } });
  });

  it('answers any valid statement with a valid one', () => {
    fc.assert(
      fc.property(statements('2.0.0'), (any) => {
        expect(
          validateStatement(
            answeredStatement(
              prepareStatement(any, '2.0.0', () => id),
              stored,
              authority,
            ),
            '2.0.0',
          ),
        ).toEqual([]);
      }),
    );
  });
});
