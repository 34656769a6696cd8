import { describe, expect, it } from '@jest/globals';
import { namesUnscopedTable, scoped, topicsRead } from './fragments/scoped.js';
import { bind, join, moment, render, sql } from './sql.js';
import { overviewByWeek } from './questions/overview.js';
import { cohort } from './questions/cohort.js';

describe('SQL as a value', () => {
  it('binds values and never writes them into the text', () => {
    const query = sql`SELECT 1 WHERE a = ${bind('String', "x'; DROP TABLE statements")} AND ${join([sql`b = ${bind('UInt8', 1)}`, sql`c = 2`], ' AND ')}`;
    expect(render(query)).toEqual({
      text: 'SELECT 1 WHERE a = {p1:String} AND b = {p2:UInt8} AND c = 2',
      params: { p1: "x'; DROP TABLE statements", p2: 1 },
    });
  });

  it('sends a value once that stands in several places', () => {
    const learner = bind('String', 'ann');
    expect(render(sql`a = ${learner} OR b = ${learner}`)).toEqual({ text: 'a = {p1:String} OR b = {p1:String}', params: { p1: 'ann' } });
  });

  it('refuses what is no moment', () => {
    expect(() => moment('yesterday')).toThrow('not a moment: yesterday');
  });
});

describe('a table in a question', () => {
  it('is named with its tenant, by what was known and below the positions that were read', () => {
    const { text, params } = render(scoped('voids', { asOf: '2014-10-01T00:00:00.000Z', positions: { statements: [5, 7] } }));
    expect(text).toBe(
      "(SELECT * FROM voids FINAL WHERE tenant = {tenant:String} AND known_at <= fromUnixTimestamp64Milli({p1:Int64}, 'UTC') AND log_offset < {p2:Array(UInt64)}[log_partition + 1])",
    );
    expect(params).toEqual({ p1: '1412121600000', p2: [5, 7] });
  });

  it.each([
    ['SELECT 1 FROM statements', true],
    ['SELECT 1 FROM pharos.statements FINAL WHERE tenant = {tenant:String}', false],
    ['SELECT 1 FROM x JOIN scores ON 1', true],
    ["SELECT 1 FROM voids FINAL WHERE tenant = 'other'", true],
    [render(scoped('scores')).text, false],
  ])('without its tenant is noticed: %s', (text, noticed) => {
    expect(namesUnscopedTable(text)).toBe(noticed);
  });
});

describe('a cohort', () => {
  const ask = { asOf: '2014-12-01T00:00:00.000Z', cellSecret: 's' };
  it('is narrowed by at most two attributes', () => {
    const attributes = ['a', 'b', 'c'].map((attribute) => ({ attribute, value: 'x' }));
    expect(() => cohort({ ...ask, filter: { attributes } })).toThrow('at most two attributes');
  });

  it('is looked at over at most 64 weeks', () => {
    expect(() => overviewByWeek({ ...ask, from: '2013-01-01', to: '2014-12-01' })).toThrow('1 to 64 weeks');
  });
});

describe('the topics that a question reads', () => {
  it('are those that fill its tables, also where it reads what was rolled up', () => {
    const ask = { asOf: '2014-11-06T00:00:00.000Z', cellSecret: 'k', from: '2014-10-01', to: '2014-11-05' };
    expect(topicsRead(overviewByWeek(ask))).toEqual(['roster', 'statements']);
    expect(topicsRead({ name: 'scores', sql: scoped('scores'), answer: String })).toEqual(['scores']);
  });
});
