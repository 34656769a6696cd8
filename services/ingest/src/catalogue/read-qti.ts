import { type LearningResource } from '@pharos/contract';
import { UnreadableTable } from '../oulad/read-table.js';
import { allOf, childrenOf, readXml, textIn, type XmlElement } from './xml-tree.js';

/** An assessment item of QTI 3 as the catalogue needs it. */
export interface QtiItem {
  readonly identifier: string;
  readonly title: string;
  readonly language: string | null;
  /** Kinds of its interactions: `choice`, `text-entry`, `order`, `match`, … */
  readonly interactions: readonly string[];
}

/**
 * Reads an assessment item of 1EdTech QTI 3.0.
 *
 * @throws UnreadableTable when it is no item, or has no identifier
 * @example readQtiItem(xml).interactions // => ['choice']
 */
export function readQtiItem(text: string): QtiItem {
  const item = readXml(text);
  if (item.name !== 'qti-assessment-item') throw new UnreadableTable(`<${item.name}> is no item of QTI 3 (older items have to be converted first)`);
  const { identifier, title, lang } = item.attributes;
  if (!identifier) throw new UnreadableTable('the item has no identifier');
  return { identifier, title: title ?? identifier, language: lang ?? null, interactions: interactionsIn(item) };
} // prettier-ignore

function interactionsIn(item: XmlElement): readonly string[] {
  const names = new Set<string>();
  const walk = (element: XmlElement): void => {
    const kind = /^qti-(.+)-interaction$/.exec(element.name)?.[1];
    if (kind !== undefined) names.add(kind);
    for (const child of element.children) if (typeof child !== 'string') walk(child);
  };
  for (const body of childrenOf(item, 'qti-item-body')) walk(body);
  return [...names].sort();
}

/** The item in the catalogue; level and time come from the learning metadata (LOM) of its manifest, where there is some. */
export function resourceOfItem({ identifier, title, language, interactions }: QtiItem, skills: readonly string[], about?: XmlElement): LearningResource {
  const said = (name: string): string | null => (about === undefined ? null : (allOf(about, name).map(textIn)[0] ?? null));
  return {
    resource: identifier,
    title,
    skills: [...skills],
    level: said('typicalAgeRange') ?? said('context'),
    language: language ?? said('language'),
    minutes: minutesOf(said('typicalLearningTime')),
    format: interactions[0] ?? 'item',
  };
} // prettier-ignore

/** `PT1H30M` → 90. Undated or unreadable: null. */
function minutesOf(duration: string | null): number | null {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration ?? '');
  const minutes = match === null ? 0 : Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0) + Number(match[3] ?? 0) / 60;
  return minutes > 0 ? minutes : null;
}
