import { describe, expect, it } from '@jest/globals';
import { cardBlocks } from './card-blocks.js';

describe('a model card on the page', () => {
  it('is its headings, lines and lists in their order, without the title and the marks of code', () => {
    const card = '# Model card: rule\n\n## Data\n\n900 enrolments.\nOf 100 of them 31.\n\n## How it was judged\n\nOn `later` classes.\n- AUC: 0.860\n- ECE: 0.030\n';
    expect(cardBlocks(card)).toEqual([
      { kind: 'heading', text: 'Data' },
      { kind: 'text', text: '900 enrolments.' },
      { kind: 'text', text: 'Of 100 of them 31.' },
      { kind: 'heading', text: 'How it was judged' },
      { kind: 'text', text: 'On later classes.' },
      { kind: 'list', items: ['AUC: 0.860', 'ECE: 0.030'] },
    ]);
  });

  it('is nothing of nothing', () => expect(cardBlocks('')).toEqual([]));
}); // prettier-ignore
