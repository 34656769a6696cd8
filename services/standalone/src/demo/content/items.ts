import { type PracticeItem } from '@pharos/contract';

/** Items of a platform are addressed so; the district's past answers name the same addresses. */
export const itemAddress = (course: string, skill: string, number: number | string): string =>
  `https://practice.lakeshore.example/items/${course}/${skill}/${number}`;

export type Text = PracticeItem['question'];
export const text = (en: string, es: string): Text => ({ en, es });

/** What an item is made of, before it has an address. */
export type Made = Pick<PracticeItem, 'question' | 'key' | 'hints' | 'misconceptions'> & Partial<Pick<PracticeItem, 'choices' | 'text'>>;

/** Items from the easiest to the hardest: log odds from -1 to 1. */
export function numbered(course: string, skill: string, made: readonly Made[]): PracticeItem[] {
  return made.map((item, index) => ({
    ...item,
    item: itemAddress(course, skill, index + 1),
    skill: `${course}/${skill}`,
    difficulty: Math.round((-1 + (2 * index) / Math.max(1, made.length - 1)) * 100) / 100,
    tell: true,
  }));
}

/** A known mistake, unless it happens to give the right answer. */
export const mistake = (id: string, answer: number | string, right: number | string, en: string, es: string) =>
  String(answer) === String(right) ? [] : [{ id, answers: [String(answer)], say: text(en, es) }];
