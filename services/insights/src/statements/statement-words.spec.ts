import { describe, expect, it } from '@jest/globals';
import { inTheirWords, statementInWords, wordsOfIri } from './statement-words.js';

const none = () => undefined;
const said = (statement: object, locale = 'en') => statementInWords(JSON.stringify(statement), locale, none);

describe('a statement in words', () => {
  it('is told as its sender named things, in the language of the reader', () => {
    const statement = {
      verb: { id: 'http://adlnet.gov/expapi/verbs/passed', display: { 'en-US': 'passed', es: 'aprobó' } },
      object: { id: 'https://lms.example/quiz/1', definition: { name: { 'en-GB': 'Fractions', 'es-MX': 'Fracciones' } } },
    };
    expect(said(statement)).toMatchObject({ verb: { words: 'passed' }, object: { words: 'Fractions', kind: 'activity' } });
    expect(said(statement, 'es')).toMatchObject({ verb: { words: 'aprobó' }, object: { words: 'Fracciones' } });
  });

  it('takes the end of an IRI where there are no words, and the name that others gave', () => {
    const statement = { verb: { id: 'http://adlnet.gov/expapi/verbs/mark-done' }, object: { id: 'https://lms.example/unit%201' } };
    expect(said(statement)).toMatchObject({ verb: { words: 'mark done' }, object: { words: 'unit 1' } });
    const named = statementInWords(JSON.stringify(statement), 'en', () => ({ en: 'Unit one' }));
    expect(named.object.words).toBe('Unit one');
  });

  it('names no person, whatever the object is', () => {
    const verb = { id: 'http://adlnet.gov/expapi/verbs/asked' };
    expect(said({ verb, object: { objectType: 'Agent', 'pharos:token': 't_1' } }).object).toEqual({ kind: 'person', id: '', words: '' });
    expect(said({ verb, object: { objectType: 'StatementRef', id: 'abc' } }).object).toMatchObject({ kind: 'statement', id: 'abc' });
    expect(said({}).object.kind).toBe('activity');
  });

  it('survives what is no language map and no address', () => {
    expect([inTheirWords(null, 'en'), inTheirWords({ en: '  ' }, 'en'), inTheirWords({ de: 'gelesen' }, 'en')]).toEqual([
      undefined,
      undefined,
      'gelesen',
    ]);
    expect([wordsOfIri(''), wordsOfIri('urn:x'), wordsOfIri('https://lms.example/100%')]).toEqual(['', 'urn:x', '100%']);
  });
});
