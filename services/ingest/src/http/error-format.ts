import { type Problem } from './problem.js';

/** In the order in which we would send them where the reader takes several alike. */
const OFFERED = ['application/problem+json', 'application/json', 'text/plain', 'text/html'] as const;
export type ErrorType = (typeof OFFERED)[number];

interface Range {
  readonly type: string;
  readonly q: number;
}

/**
 * The form in which a reader wants to be told what went wrong: content negotiation as RFC 9110, 12.5.1, says. Who takes none of
 * them gets the first: an error that cannot be read is better than none.
 *
 * Source: xAPI 1.0.3, part three, 3.2.s3.b3 and b4.
 *
 * @example errorType('text/html,application/xml;q=0.9,text/*;q=0.8') // => 'text/html'
 */
export function errorType(accept: string | undefined): ErrorType {
  if (accept === undefined) return OFFERED[0];
  const ranges = accept.split(',').map((each): Range => {
    const [type = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });
  const weightOf = (type: ErrorType) =>
    [type, `${type.split('/', 1)[0]}/*`, '*/*']
      .map((name) => ranges.find((range) => range.type === name)?.q)
      .find((q) => q !== undefined) ?? 0;
  return OFFERED.reduce((best, type) => (weightOf(type) > weightOf(best) ? type : best));
}

/** A problem as text in that form. */
export function problemText(type: ErrorType, problem: Problem): string {
  switch (type) {
    case 'application/problem+json':
    case 'application/json':
      return JSON.stringify(problem);
    case 'text/plain':
      return `${problem.status} ${problem.title}\n${problem.detail}\n${linesOf(problem).map((line) => `- ${line}\n`).join('')}`; // prettier-ignore
    case 'text/html': {
      const [title, detail] = [escaped(`${problem.status} ${problem.title}`), escaped(problem.detail)];
      const list = linesOf(problem).map((line) => `<li>${escaped(line)}</li>`).join(''); // prettier-ignore
      return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${detail}</p>${list === '' ? '' : `<ul>${list}</ul>`}</html>`;
    }
    default:
      return type satisfies never;
  }
}

const linesOf = ({ errors = [] }: Problem) => errors.map(({ path, message }) => `${path} ${message}`.trim());

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
