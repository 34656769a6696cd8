import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { reasonCodes } from '../shapes/reasons.js';
import { alertStatuses, closeCodes, contestReasons, overrideReasons, reopenReasons } from '../shapes/alerts.js';
import { en } from './en.js';
import { es } from './es.js';
import { type MessageKey, type Messages } from './messages.js';
import { localeOf } from './locale.js';
import { say, texts } from './say.js';
import { reasonInWords, riskInWords, sureInWords } from './words.js';

interface Element {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
}
const LITERAL = 0;
const POUND = 7;

/** Names of the params that a message uses, in all of its branches. */
function paramsOf(elements: readonly Element[]): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    if (element.type !== LITERAL && element.type !== POUND) names.add(String(element.value));
    for (const option of Object.values(element.options ?? {})) for (const name of paramsOf(option.value)) names.add(name);
  }
  return names;
}
const params = (messages: Messages, key: MessageKey, locale: string) =>
  [...paramsOf(new IntlMessageFormat(messages[key], locale).getAst())].sort();

const keys = Object.keys(en) as MessageKey[];

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
  });

  it('use the same params in both languages', () => {
    expect(keys.map((key) => [key, params(es, key, 'es')])).toEqual(keys.map((key) => [key, params(en, key, 'en')]));
  });

  it('are not left in English', () => {
    const same = keys.filter((key) => en[key] === es[key]);
    // Punctuation around params only, and a word that both share: nothing in them to translate.
    expect(same).toEqual(['reason.in-class', 'value.no']);
  });

  it('word every code that the contract knows', () => {
    const wanted = [
      ...reasonCodes.map((code) => `reason.${code}`),
      ...alertStatuses.map((status) => `status.${status}`),
      ...closeCodes.map((code) => `close.${code}`),
      ...[...overrideReasons, ...contestReasons, ...reopenReasons].map((code) => `why.${code}`),
    ];
    expect(wanted.filter((key) => !Object.hasOwn(texts.en, key))).toEqual([]);
  });
});

describe('saying', () => {
  it('words a reason with what is usual in the class', () => {
    const reason = { code: 'work-missed', params: { missed: 3, due: 4, classMedian: 0 } } as const;
    expect(reasonInWords('en', reason)).toBe('3 of 4 assignments missed; class median 0');
    expect(reasonInWords('es', reason)).toBe('No entregó 3 de 4 tareas; mediana de la clase: 0');
  });

  it('leaves out what is not known', () => {
    expect(reasonInWords('en', { code: 'silent-days', params: { days: 1, classMedian: null } })).toBe('No activity for 1 day');
    expect(reasonInWords('en', { code: 'not-submitted-first', params: { title: null } })).toBe('The first assignment was not handed in');
  });

  it('formats numbers as the language does', () => {
    expect(reasonInWords('en', { code: 'marks-low', params: { mean: 42.55, classMedian: 71.5 } })).toBe(
      'Marks average 42.6; class median 71.5',
    );
    expect(reasonInWords('es', { code: 'marks-low', params: { mean: 42.55, classMedian: 71.5 } })).toBe(
      'Nota media de 42,6; mediana de la clase: 71,5',
    );
  });

  it('throws rather than leave a hole', () => {
    expect(() => reasonInWords('en', { code: 'incidents', params: {} })).toThrow();
  });

  it('says a risk in words by what became of students like this one', () => {
    const heldOut = { rate: 0.71, low: 0.66, high: 0.76, n: 312 };
    const risk = { target: 'not-passing', probability: 0.74, heldOut };
    expect(riskInWords('en', risk)).toBe('Likely to miss the pass mark: about 7 of 10 students like this did');
    expect(riskInWords('es', risk)).toBe('Es probable que no alcance el aprobado: les ocurrió a unos 7 de cada 10 estudiantes como este');
    expect(riskInWords('en', { ...risk, heldOut: null })).toBe('Likely to miss the pass mark');
    expect(sureInWords('en', heldOut)).toBe(
      'Checked on 312 earlier students of whom Pharos had said the same: it came true for 66 to 76 of every 100',
    );
  });

  it('picks the language of a tag', () => {
    expect([localeOf('es-MX'), localeOf('EN'), localeOf('fr'), localeOf(null)]).toEqual(['es', 'en', 'en', 'en']);
    expect(say('es', 'mail.digest.subject', { count: 2 })).toBe('2 alertas nuevas entre los estudiantes a su cargo');
  });
});
