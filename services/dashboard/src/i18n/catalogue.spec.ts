import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { en } from './en.js';
import { es } from './es.js';
import { withForms } from './plural-forms.js';
import { pseudoCatalogue } from './pseudo.js';

const source = path.resolve(import.meta.dirname, '..');
const sourcesOf = (ending: RegExp) =>
  readdirSync(source, { recursive: true })
    .map(String)
    .filter((file) => ending.test(file) && !file.includes('.spec.'));

const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();

/** Text that a reader would see or hear and that stands in the code instead of the catalogue. */
function literalTexts(file: string): string[] {
  const tree = ts.createSourceFile(file, readFileSync(path.join(source, file), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const read = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'about', 'body']);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(`${file}: ${node.text.trim()}`);
    if (ts.isJsxAttribute(node) && read.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) && /\p{L}/u.test(node.initializer.text)) {
      found.push(`${file}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
} // prettier-ignore

describe('the page’s texts', () => {
  it('exist in both languages, with the same values to fill in', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en))
      expect({ key, holes: holes(es[key as keyof typeof en]) }).toEqual({ key, holes: holes(text) });
  });

  it('have no hole that is never filled', () => {
    for (const texts of [en, es])
      for (const [key, text] of Object.entries(texts))
        expect({ key, left: /[{}]/.exec(text.replaceAll(/\{\{\w+\}\}/g, '')) }).toEqual({ key, left: null });
  });

  it('are translated, save where both languages say the same', () => {
    const same = Object.entries(en).filter(([key, text]) => es[key as keyof typeof en] === text).map(([key]) => key);
    expect(same.sort()).toEqual(['audit.interval', 'case.contact', 'contest.by', 'place.plan', 'models.option', 'overview.of', 'platforms.at', 'shell.name'].filter((key) => same.includes(key)).sort());
  }); // prettier-ignore

  it('come in pairs where they count', () => {
    const keys = new Set(Object.keys(en));
    for (const key of keys) if (key.endsWith('_one')) expect(keys).toContain(key.replace(/_one$/, '_other'));
    for (const key of keys) if (key.endsWith('_other')) expect(keys).toContain(key.replace(/_other$/, '_one'));
  });

  it('are all used: no text outlives its place', () => {
    const code = sourcesOf(/\.tsx?$/).filter((file) => !file.startsWith('i18n')).map((file) => readFileSync(path.join(source, file), 'utf8')).join('\n');
    // A key that is put together (`code.${code}`) counts as used by what stands before the hole.
    const made = [...code.matchAll(/[`'"]([\w.-]+[.-])\$\{/g)].map(([, start]) => start!);
    const unused = Object.keys(en).filter((key) => {
      const plain = key.replace(/_(one|other)$/, '');
      return !code.includes(`'${plain}'`) && !made.some((start) => plain.startsWith(start));
    });
    expect(unused).toEqual([]);
  }); // prettier-ignore

  it('stand in the catalogue and nowhere else', () => {
    const files = sourcesOf(/\.tsx$/);
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap(literalTexts)).toEqual([]);
  });

  it('are generated for looking: every text marked at both ends and longer, its values untouched', () => {
    for (const [key, text] of Object.entries(pseudoCatalogue(en))) {
      expect(text).toMatch(/^⟦.*⟧$/u);
      expect(holes(text)).toEqual(holes(en[key as keyof typeof en]));
      expect(text.length).toBeGreaterThan(en[key as keyof typeof en].length);
    }
  });

  it('have a form for every number in languages with more forms than two', () => {
    const arabic = new Intl.PluralRules('ar');
    const texts = withForms(en);
    for (const n of [0, 1, 2, 5, 11, 100]) expect(texts[`caseload.lead_${arabic.select(n)}`]).toBeDefined();
  });
});
