import { type PracticeSkill } from '@pharos/contract';
import { z } from 'zod';
import { UnreadableTable } from '../oulad/read-table.js';
import { listIn, rowsOfCsv } from './csv-rows.js';

/** What a framework file says. */
export interface ReadSkills {
  readonly skills: readonly PracticeSkill[];
  /** Associations of a framework that order nothing here (related, part of, of another framework), by their type. */
  readonly passedOver: Readonly<Record<string, number>>;
}

/**
 * Skills from CSV: `skill`, `title`, and where known `title_es`, `subject`, `level`, `prerequisites` and `prefixes` (both separated by `;`).
 *
 * @throws UnreadableTable naming line and column
 * @example readSkillsCsv('skill,title,prerequisites\nadd,Adding,\ncarry,Carrying,add')
 */
export function readSkillsCsv(text: string): ReadSkills {
  const skills = rowsOfCsv(text, ['skill', 'title']).map(({ cell }): PracticeSkill => {
    const [level, es] = [cell('level'), cell('title_es')];
    return {
      skill: cell('skill'),
      title: { en: cell('title'), ...(es === '' ? {} : { es }) },
      subject: cell('subject') || 'General',
      prerequisites: listIn(cell('prerequisites')),
      prefixes: listIn(cell('prefixes')),
      ...(level === '' ? {} : { level }),
    };
  });
  return { skills, passedOver: {} };
}

const node = z.object({ identifier: z.string() });
/** The parts of 1EdTech CASE 1.1's CFPackage that are read; the rest is left alone. */
const casePackage = z.object({
  CFDocument: z.object({ title: z.string(), subject: z.array(z.string()).optional() }),
  CFItems: z.array(
    z.object({
      identifier: z.string().min(1),
      fullStatement: z.string().min(1),
      abbreviatedStatement: z.string().optional(),
      humanCodingScheme: z.string().optional(),
      educationLevel: z.array(z.string()).optional(),
    }),
  ),
  CFAssociations: z
    .array(z.object({ associationType: z.string(), originNodeURI: node, destinationNodeURI: node }))
    .default([]),
}); // prettier-ignore

/**
 * Skills of a competency framework in 1EdTech CASE 1.1 JSON (a CFPackage): each item is a skill, `precedes` makes the origin a prerequisite of the destination,
 * and `exactMatchOf` is a crosswalk: what serves one of the two serves the other, also where the other stands in another framework.
 *
 * @throws UnreadableTable with the path of what is missing, or for an association that names an item which is not in the package
 */
export function readSkillsCase(text: string): ReadSkills {
  const parsed = casePackage.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UnreadableTable(`this is no CASE package: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`);
  }
  const { CFDocument: document, CFItems: items, CFAssociations: associations } = parsed.data;
  const subject = (document.subject?.[0] ?? document.title).slice(0, 100);
  const known = new Set(items.map(({ identifier }) => identifier));
  const before = new Map<string, string[]>();
  const passedOver: Record<string, number> = {};
  const alike = new Map<string, string[]>();
  associations.forEach(({ associationType, originNodeURI: origin, destinationNodeURI: destination }, at) => {
    if (associationType === 'exactMatchOf') {
      for (const [one, other] of [[origin, destination], [destination, origin]] as const) {
        if (known.has(one.identifier)) alike.set(one.identifier, [...(alike.get(one.identifier) ?? []), other.identifier]);
      }
      return;
    } // prettier-ignore
    if (associationType !== 'precedes') {
      passedOver[associationType] = (passedOver[associationType] ?? 0) + 1;
      return;
    }
    const unknown = [origin, destination].find(({ identifier }) => !known.has(identifier));
    if (unknown) throw new UnreadableTable(`CFAssociations.${at}: unknown item ${unknown.identifier}`);
    before.set(destination.identifier, [...(before.get(destination.identifier) ?? []), origin.identifier]);
  });
  const skills = items.map(({ identifier, fullStatement, abbreviatedStatement, humanCodingScheme, educationLevel }): PracticeSkill => {
    const said = abbreviatedStatement ?? fullStatement;
    const level = educationLevel?.join(', ');
    return {
      skill: identifier,
      title: { en: (humanCodingScheme ? `${humanCodingScheme} ${said}` : said).slice(0, 2_000) },
      subject,
      prerequisites: [...new Set(before.get(identifier) ?? [])],
      ...(level ? { level } : {}),
      ...(alike.has(identifier) ? { sameAs: [...new Set(alike.get(identifier))] } : {}),
    };
  });
  return { skills, passedOver };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UnreadableTable(`this is no JSON: ${(error as Error).message}`);
  }
}
