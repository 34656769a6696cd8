import { type LearningResource } from '@pharos/contract';
import { type Cmi5Course } from '@pharos/registry';
import { UnreadableTable } from '../oulad/read-table.js';
import { courseOf } from './cmi5-course.js';
import { isArchive, unpack } from './archive.js';
import { readQtiItem, resourceOfItem } from './read-qti.js';
import { allOf, childrenOf, readXml, textIn, type XmlElement } from './xml-tree.js';

/** What a package of content holds. */
export interface ReadPackage {
  readonly kind: 'qti' | 'common-cartridge' | 'cmi5';
  readonly resources: readonly LearningResource[];
  /** The structure of a cmi5 course. */
  readonly course?: Cmi5Course;
  /** Parts that are no content with an id (images, styles, question banks of another format), by their type. */
  readonly passedOver: Readonly<Record<string, number>>;
}

/**
 * Resources of a package, told apart by what is in it: an assessment item or package in QTI 3, a Common Cartridge, or a cmi5 course structure; zipped or bare XML.
 *
 * Skills come from what the package says itself (curriculum standards, metadata, objectives); a part that names none serves the skill that the caller gives.
 *
 * @param skill for parts that name none
 * @throws UnreadableTable with file and line of what cannot be read, or when it is none of them
 * @example readPackage(await readFile('course.imscc'), { skill: 'fractions' }).resources.length
 */
export function readPackage(bytes: Uint8Array, { skill }: { readonly skill?: string } = {}): ReadPackage {
  const files = isArchive(bytes) ? unpack(bytes, (path) => path.endsWith('.xml')) : new Map([['', new TextDecoder().decode(bytes)]]);
  const bare = files.get('');
  const course = bare ?? files.get('cmi5.xml');
  if (course !== undefined && isCalled(course, 'courseStructure')) return readCmi5(readXml(course), skill);
  if (bare !== undefined && isCalled(bare, 'qti-assessment-item')) return itemsOf([['', bare]], new Map(), skill);
  const manifest = bare !== undefined && isCalled(bare, 'manifest') ? bare : files.get('imsmanifest.xml');
  if (manifest === undefined) throw new UnreadableTable('this is no QTI 3 item or package, Common Cartridge or cmi5 course structure');
  return readManifest(readXml(manifest), files, skill);
}

const isCalled = (text: string, name: string): boolean => new RegExp(`<(?:[\\w-]+:)?${name}[\\s>/]`).test(text.slice(0, 4_000));

const skillsOr = (named: readonly string[], skill: string | undefined): string[] =>
  named.length > 0 ? [...new Set(named)] : skill === undefined ? [] : [skill];

/** A cmi5 course structure (Quartz, section 13): every assignable unit is an activity of its own, objectives are its skills. */
function readCmi5(structure: XmlElement, skill: string | undefined): ReadPackage {
  const course = childrenOf(structure, 'course')[0];
  const resources = allOf(structure, 'au').map((unit): LearningResource => {
    const id = unit.attributes.id;
    if (id === undefined) throw new UnreadableTable('cmi5.xml: an au has no id');
    const title = childrenOf(unit, 'title')[0] ?? (course && childrenOf(course, 'title')[0]);
    const text = title && allOf(title, 'langstring')[0];
    return {
      resource: id,
      title: text === undefined || textIn(text) === '' ? id : textIn(text),
      skills: skillsOr(allOf(unit, 'objective').flatMap(({ attributes: { idref } }) => (idref === undefined ? [] : [idref])), skill),
      level: null,
      language: text?.attributes.lang ?? null,
      minutes: null,
      format: 'cmi5',
    };
  });
  return { kind: 'cmi5', resources, course: courseOf(structure), passedOver: {} };
} // prettier-ignore

const ITEM = 'imsqti_item_xmlv3p0';

/** A manifest of 1EdTech content packaging: QTI 3 where it holds items of it, else a Common Cartridge. */
function readManifest(manifest: XmlElement, files: ReadonlyMap<string, string>, skill: string | undefined): ReadPackage {
  const all = childrenOf(manifest, 'resources').flatMap((list) => childrenOf(list, 'resource'));
  const items = all.filter(({ attributes: { type } }) => type?.startsWith(ITEM));
  if (items.length > 0) {
    const texts = items.map(({ attributes: { href = '' } }): [string, string] => {
      const text = files.get(href);
      if (text === undefined) throw new UnreadableTable(`imsmanifest.xml: ${href} is not in the package`);
      return [href, text];
    });
    return itemsOf(texts, new Map(items.map((item) => [item.attributes.href ?? '', item])), skill, counted(all.filter((one) => !items.includes(one))));
  }
  return readCartridge(manifest, all, skill);
} // prettier-ignore

function itemsOf(
  texts: readonly (readonly [string, string])[],
  described: ReadonlyMap<string, XmlElement>,
  skill: string | undefined,
  passedOver: ReadPackage['passedOver'] = {},
): ReadPackage {
  const resources = texts.map(([href, text]) => {
    try {
      const about = described.get(href);
      return resourceOfItem(readQtiItem(text), skillsOr(about ? standardsOf(about) : [], skill), about);
    } catch (error) {
      if (error instanceof UnreadableTable) throw new UnreadableTable(`${href || 'the item'}: ${error.message}`);
      throw error;
    }
  });
  return { kind: 'qti', resources, passedOver };
}

/** What a part of a package says it serves: curriculum standards (CASE ids) and the learning objectives of its metadata. */
export function standardsOf(element: XmlElement): readonly string[] {
  const standards = allOf(element, 'curriculumStandardsMetadataSet').flatMap((set) => allOf(set, 'labelledGUID').flatMap((one) => allOf(one, 'GUID')));
  const objectives = allOf(element, 'learningObjective');
  return [...standards, ...objectives].map(textIn).filter((text) => text !== '');
} // prettier-ignore

const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/^imswl_/, 'link'],
  [/^imsdt_/, 'discussion'],
  [/^imsqti_/, 'quiz'],
  [/^assignment_/, 'assignment'],
  [/^imsbasiclti_/, 'tool'],
  [/^webcontent$/, 'page'],
];

/** A Common Cartridge 1.x: what its organisation lists, each with the resource behind it. */
function readCartridge(manifest: XmlElement, all: readonly XmlElement[], skill: string | undefined): ReadPackage {
  const byId = new Map(all.map((resource) => [resource.attributes.identifier, resource]));
  const language = allOf(manifest, 'language')[0];
  const used = new Set<XmlElement>();
  const resources = allOf(manifest, 'item').flatMap((item): LearningResource[] => {
    const { identifierref: reference } = item.attributes;
    if (reference === undefined) return []; // a folder
    const resource = byId.get(reference);
    if (resource === undefined) throw new UnreadableTable(`imsmanifest.xml: item ${item.attributes.identifier ?? ''} points to ${reference}, which is not there`);
    used.add(resource);
    const format = FORMATS.find(([type]) => type.test(resource.attributes.type ?? ''))?.[1] ?? null;
    return [{
      resource: reference,
      title: childrenOf(item, 'title').map(textIn)[0] ?? reference,
      skills: skillsOr([...standardsOf(resource), ...childrenOf(item, 'metadata').flatMap(standardsOf)], skill),
      level: null,
      language: language === undefined || textIn(language) === '' ? null : textIn(language),
      minutes: null,
      format,
    }];
  });
  return { kind: 'common-cartridge', resources, passedOver: counted(all.filter((resource) => !used.has(resource))) };
} // prettier-ignore

function counted(resources: readonly XmlElement[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { attributes } of resources) counts[attributes.type ?? 'untyped'] = (counts[attributes.type ?? 'untyped'] ?? 0) + 1;
  return counts;
}
