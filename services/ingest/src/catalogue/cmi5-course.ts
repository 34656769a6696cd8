import { type Cmi5Course, type Cmi5Part, type Cmi5Unit, type MoveOn, moveOns } from '@pharos/registry';
import { isIri, isLanguageTag } from '@pharos/xapi';
import { UnreadableTable } from '../oulad/read-table.js';
import { allOf, childrenOf, textIn, type XmlElement } from './xml-tree.js';

/**
 * The structure of a cmi5 course: its blocks and assignable units as they lie in each other, with what decides whether a learner
 * moves on.
 *
 * Source: cmi5, Quartz 1st edition, 13.1.
 *
 * @throws UnreadableTable naming the part that lacks an id, repeats one, or says what the specification does not know
 */
export function courseOf(structure: XmlElement): Cmi5Course {
  const [course] = childrenOf(structure, 'course');
  if (course === undefined) throw new UnreadableTable('cmi5.xml: there is no course');
  const ids = allOf(structure, 'au').map((unit) => idOf(unit));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UnreadableTable(`cmi5.xml: two aus have the id ${twice} (13.1.4)`);
  return { course: idOf(course), title: titleOf(course), parts: partsOf(structure) };
}

function partsOf(within: XmlElement): readonly Cmi5Part[] {
  return within.children.flatMap((child): Cmi5Part[] => {
    if (typeof child === 'string') return [];
    if (child.name === 'au') return [unitOf(child)];
    return child.name === 'block' ? [{ block: idOf(child), title: titleOf(child), parts: partsOf(child) }] : [];
  });
}

function unitOf(unit: XmlElement): Cmi5Unit {
  const id = idOf(unit);
  const { moveOn = 'NotApplicable', masteryScore, launchMethod } = attributesOf(unit);
  if (!moveOns.includes(moveOn as MoveOn)) throw new UnreadableTable(`cmi5.xml: au ${id}: moveOn is ${moveOn}, not one of ${moveOns.join(', ')}`);
  const score = masteryScore === undefined ? undefined : Number(masteryScore);
  if (score !== undefined && !(score >= 0 && score <= 1)) throw new UnreadableTable(`cmi5.xml: au ${id}: masteryScore is ${masteryScore}, not between 0 and 1`);
  if (launchMethod !== undefined && launchMethod !== 'OwnWindow' && launchMethod !== 'AnyWindow')
    throw new UnreadableTable(`cmi5.xml: au ${id}: launchMethod is ${launchMethod}, not OwnWindow or AnyWindow`);
  const [launchParameters, entitlementKey] = ['launchParameters', 'entitlementKey'].map((name) => childrenOf(unit, name)[0]);
  return {
    unit: id,
    moveOn: moveOn as MoveOn,
    ...(score !== undefined && { masteryScore: score }),
    ...(launchMethod !== undefined && { launchMethod }),
    ...(launchParameters && { launchParameters: textIn(launchParameters) }),
    ...(entitlementKey && { entitlementKey: textIn(entitlementKey) }),
  };
} // prettier-ignore

/** Without white space around them (13.1). */
const attributesOf = ({ attributes }: XmlElement): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value.trim()]));

function idOf(part: XmlElement): string {
  const { id = '' } = attributesOf(part);
  if (!isIri(id)) throw new UnreadableTable(`cmi5.xml: a part of the course (${part.name}) needs an IRI as id, not "${id}"`);
  return id;
}

function titleOf(part: XmlElement): Readonly<Record<string, string>> {
  const texts = childrenOf(part, 'title').flatMap((title) => childrenOf(title, 'langstring'));
  return Object.fromEntries(
    texts.map((text) => {
      const { lang = 'und' } = attributesOf(text);
      if (!isLanguageTag(lang)) throw new UnreadableTable(`cmi5.xml: the title of a part of the course (${part.name}) has the language "${lang}", which is no tag of RFC 5646`);
      return [lang, textIn(text)];
    }),
  );
} // prettier-ignore
