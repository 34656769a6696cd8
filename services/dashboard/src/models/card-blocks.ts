/** A piece of a model card: a heading, a paragraph, or a list. */
export type CardBlock =
  { readonly kind: 'heading' | 'text'; readonly text: string } | { readonly kind: 'list'; readonly items: readonly string[] };

/**
 * The pieces of a card, which is Markdown of headings, lines and lists and of nothing else. Marks of code are taken off; the title is left out, for
 * the page has its own.
 *
 * @example cardBlocks('# Model card: rule\n\n## Data\n\n900 enrolments.\n- one') // => a heading, a text and a list of one
 */
export function cardBlocks(markdown: string): readonly CardBlock[] {
  const blocks: CardBlock[] = [];
  for (const line of markdown.split('\n').map((one) => one.replaceAll('`', ''))) {
    const last = blocks.at(-1);
    if (line.startsWith('## ')) blocks.push({ kind: 'heading', text: line.slice(3) });
    else if (line.startsWith('- ')) {
      if (last?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', items: [...last.items, line.slice(2)] };
      else blocks.push({ kind: 'list', items: [line.slice(2)] });
    } else if (line !== '' && !line.startsWith('# ')) blocks.push({ kind: 'text', text: line });
  }
  return blocks;
}
