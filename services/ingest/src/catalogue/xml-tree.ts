import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { UnreadableTable } from '../oulad/read-table.js';

/** An element without namespace prefixes; what stands between its tags in order, texts trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

type Raw = Readonly<Record<string, unknown>>;

// Entities of a document's own are not read: content comes from strangers.
const parser = new XMLParser({
  preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false,
  processEntities: true, trimValues: true, ignoreDeclaration: true, ignorePiTags: true,
}); // prettier-ignore

/**
 * Reads XML as a tree.
 *
 * @throws UnreadableTable naming the line
 * @example childrenOf(readXml('<a><b id="1"/></a>'), 'b')[0].attributes.id // => '1'
 */
export function readXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new UnreadableTable('documents with a DOCTYPE are not read');
  const valid = XMLValidator.validate(text.replace(/^\uFEFF/, ''));
  if (valid !== true) throw new UnreadableTable(`line ${valid.err.line}: this is no XML: ${valid.err.msg}`);
  const [root] = (parser.parse(text) as Raw[]).map(elementOf).filter((node) => typeof node !== 'string');
  if (root === undefined) throw new UnreadableTable('there is no element');
  return root;
}

function elementOf(raw: Raw): XmlElement | string {
  if ('#text' in raw) return String(raw['#text']);
  const [name = ''] = Object.keys(raw).filter((key) => key !== ':@');
  return { name, attributes: (raw[':@'] ?? {}) as Readonly<Record<string, string>>, children: (raw[name] as Raw[]).map(elementOf) };
}

export const childrenOf = ({ children }: XmlElement, name: string): readonly XmlElement[] =>
  children.filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);

/** All descendants of a name, in the order of the document. */
export function allOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...allOf(child, name)],
  );
}

/** All text within, parts separated by a space. */
export const textIn = (element: XmlElement): string =>
  element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).filter((text) => text !== '').join(' ').replace(/\s+/g, ' '); // prettier-ignore
