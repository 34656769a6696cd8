import { type AnswerKey, type PracticeItem, type PracticeSkill } from '@pharos/contract';

/** A skill of a guide's content. @param after skills that it stands on */
export const skill = (id: string, subject: string, title: string, after: readonly string[] = [], level?: string): PracticeSkill => ({
  skill: id,
  subject,
  title: { en: title },
  prerequisites: [...after],
  ...(level !== undefined && { level }),
});

/** An item of a guide's content. @param difficulty log odds by which it is harder (positive) or easier than usual for its skill */
export const item = (address: string, of: string, difficulty: number, question: string, key: AnswerKey, more: Partial<PracticeItem> = {}): PracticeItem => ({
  item: address,
  skill: of,
  difficulty,
  question: { en: question },
  key,
  hints: [],
  misconceptions: [],
  tell: true,
  ...more,
}); // prettier-ignore
