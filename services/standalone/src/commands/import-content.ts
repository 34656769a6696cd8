import { readFile } from 'node:fs/promises';
import { faultIn, LearningResource, PracticeContent } from '@pharos/contract';
import {
  gapsIn,
  isArchive,
  readCaseApi,
  readPackage,
  readResourcesCsv,
  readSkillsCase,
  readSkillsCsv,
  UnreadableTable,
} from '@pharos/ingest';
import { type Registry } from '@pharos/registry';
import { Refusal } from '../refusal.js';

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
}

type Content = PracticeContent & { readonly resources: readonly LearningResource[] };

async function contentOf(registry: Registry, tenant: string): Promise<Content> {
  const stored = await registry.tenant(tenant).practice.all();
  return { ...PracticeContent.parse(stored), resources: LearningResource.array().parse(stored.resources) };
}

/** Puts what was read beside what is there, or in its place, if all of it can stand together. @throws Refusal with the way to what cannot */
async function put(registry: Registry, tenant: string, added: Pick<Content, 'skills' | 'resources'>, at: string): Promise<number> {
  const there = await contentOf(registry, tenant);
  const skills = PracticeContent.shape.skills.safeParse(added.skills);
  const resources = LearningResource.array().safeParse(added.resources);
  const bad = (skills.success ? undefined : skills.error.issues[0]) ?? (resources.success ? undefined : resources.error.issues[0]);
  if (bad) throw new Refusal(`${bad.path.join('.')}: ${bad.message}`, 2);
  const ofSkill = new Map([...there.skills, ...added.skills].map((skill) => [skill.skill, skill]));
  const ofResource = new Map([...there.resources, ...added.resources].map((resource) => [resource.resource, resource]));
  const fault = faultIn({ skills: [...ofSkill.values()], items: there.items, resources: [...ofResource.values()] });
  if (fault !== undefined) throw new Refusal(fault, 2);
  return registry.tenant(tenant).practice.put({ skills: [...added.skills], items: [], resources: added.resources }, at);
}

/** Skills and prerequisites: CASE 1.1 from a server's address (page by page) or where the file is JSON, CSV otherwise. */
export async function importSkills(registry: Registry, tenant: string, source: string, at: string) {
  const { skills, passedOver } = await readSkills(source);
  const known = new Set([...skills, ...(await contentOf(registry, tenant)).skills].map(({ skill }) => skill));
  // A crosswalk to a framework that is not here says nothing yet; bringing that one in brings the other half of it.
  const standing = skills.map(({ sameAs = [], ...skill }) => ({ ...skill, sameAs: sameAs.filter((one) => known.has(one)) }));
  const placed = await put(registry, tenant, { skills: standing, resources: [] }, at);
  const sum = (of: (skill: (typeof standing)[number]) => readonly string[]): number => standing.reduce((all, skill) => all + of(skill).length, 0);
  return { skills: skills.length, prerequisites: sum(({ prerequisites }) => prerequisites), crosswalks: sum(({ sameAs }) => sameAs), placed, passedOver };
} // prettier-ignore

async function readSkills(source: string) {
  if (/^https?:\/\//.test(source)) return readCaseApi(source, fetch);
  const text = await textOf(source);
  return text.trimStart().startsWith('{') ? readSkillsCase(text) : readSkillsCsv(text);
}

/** Content of other platforms: QTI 3, a Common Cartridge, a cmi5 course structure, or CSV; with the gaps that are left. */
export async function importContent(registry: Registry, tenant: string, file: string, at: string, skill?: string) {
  const { resources, passedOver, kind, course } = await readContent(file, skill);
  const placed = await put(registry, tenant, { skills: [], resources }, at);
  if (course !== undefined) await registry.tenant(tenant).cmi5Courses.put(course);
  return { kind, resources: resources.length, placed, passedOver, gaps: (await catalogueGaps(registry, tenant)).length };
}

async function readContent(file: string, skill: string | undefined) {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new Refusal(`${file} cannot be read: ${error.message}`, 2);
  });
  try {
    if (
      isArchive(bytes) ||
      /^\s*</.test(
        bytes
          .subarray(0, 200)
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      )
    ) {
      return readPackage(bytes, skill === undefined ? {} : { skill });
    }
    return { kind: 'csv' as const, resources: readResourcesCsv(bytes.toString('utf8')), course: undefined, passedOver: {} };
  } catch (error) {
    if (error instanceof UnreadableTable) throw new Refusal(`${file}: ${error.message}`, 2);
    throw error;
  }
}

/** Every skill, level and language for which there is nothing. */
export async function catalogueGaps(registry: Registry, tenant: string) {
  const { skills, resources } = await contentOf(registry, tenant);
  return gapsIn(skills, resources);
}
