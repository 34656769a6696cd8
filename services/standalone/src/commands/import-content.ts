import { readFile } from 'node:fs/promises';
import { faultIn, LearningResource, PracticeContent } from '@pharos/contract';
import { gapsIn, readResourcesCsv, readSkillsCase, readSkillsCsv } from '@pharos/ingest';
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

/** Skills and prerequisites from a file: CASE 1.1 where it is JSON, CSV otherwise. */
export async function importSkills(registry: Registry, tenant: string, file: string, at: string) {
  const text = await textOf(file);
  const { skills, passedOver } = text.trimStart().startsWith('{') ? readSkillsCase(text) : readSkillsCsv(text);
  const placed = await put(registry, tenant, { skills: [...skills], resources: [] }, at);
  const prerequisites = skills.reduce((sum, skill) => sum + skill.prerequisites.length, 0);
  return { skills: skills.length, prerequisites, placed, passedOver };
}

/** Resources of other platforms from CSV, with the gaps that are left. */
export async function importContent(registry: Registry, tenant: string, file: string, at: string) {
  const resources = readResourcesCsv(await textOf(file));
  const placed = await put(registry, tenant, { skills: [], resources }, at);
  return { resources: resources.length, placed, gaps: (await catalogueGaps(registry, tenant)).length };
}

/** Every skill, level and language for which there is nothing. */
export async function catalogueGaps(registry: Registry, tenant: string) {
  const { skills, resources } = await contentOf(registry, tenant);
  return gapsIn(skills, resources);
}
