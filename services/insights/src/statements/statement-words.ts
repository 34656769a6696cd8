import { type StatementRow } from '@pharos/contract';

type Loose = Readonly<Record<string, unknown>>;
type Told = Pick<StatementRow, 'verb' | 'object'>;

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a language map that the reader understands best: their language, any form of it, English, else the first. */
export function inTheirWords(map: unknown, locale: string): string | undefined {
  if (!isLoose(map)) return undefined;
  const texts = Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '');
  const begins = (tag: string) => texts.find(([key]) => key.toLowerCase().split('-')[0] === tag)?.[1];
  return begins(locale.toLowerCase().split('-')[0]!) ?? begins('en') ?? texts[0]?.[1];
}

/**
 * The end of an IRI as words, for what its sender gave no words.
 *
 * @example wordsOfIri('http://adlnet.gov/expapi/verbs/passed') // => 'passed'
 */
export function wordsOfIri(iri: string): string {
  const end = iri.split(/[/#]/).filter(Boolean).at(-1) ?? iri;
  try {
    return decodeURIComponent(end).replaceAll(/[-_+]+/g, ' ');
  } catch {
    return end; // a stray percent sign is part of the name
  }
}

/**
 * What a logged statement says was done, and to what.
 *
 * @param body the statement as the log holds it, as JSON
 * @param titleOf name of an activity by other statements, where this one has none
 */
export function statementInWords(body: string, locale: string, titleOf: (activity: string) => unknown): Told {
  const statement = JSON.parse(body) as Loose;
  const verb = isLoose(statement.verb) ? statement.verb : {};
  const object = isLoose(statement.object) ? statement.object : {};
  const verbId = typeof verb.id === 'string' ? verb.id : '';
  return {
    verb: { id: verbId, words: inTheirWords(verb.display, locale) ?? wordsOfIri(verbId) },
    object: objectInWords(object, locale, titleOf),
  };
}

function objectInWords(object: Loose, locale: string, titleOf: (activity: string) => unknown): Told['object'] {
  const id = typeof object.id === 'string' ? object.id : '';
  switch (object.objectType) {
    case 'Agent':
    case 'Group':
      return { kind: 'person', id: '', words: '' };
    case 'StatementRef':
      return { kind: 'statement', id, words: id };
    case 'SubStatement':
      return { kind: 'sub-statement', id: '', words: '' };
    default: {
      const name = isLoose(object.definition) ? object.definition.name : undefined;
      return { kind: 'activity', id, words: inTheirWords(name, locale) ?? inTheirWords(titleOf(id), locale) ?? wordsOfIri(id) };
    }
  }
}
