import { type PracticeItem } from '@pharos/contract';
import { type Made, numbered, type Text, text } from './items.js';
import { type Passage, passages } from './passages.js';

const COURSE = 'english-9';

interface Asked {
  readonly question: (passage: Passage) => Text;
  readonly choices: (passage: Passage) => readonly [string, string, string];
  readonly hints: readonly Text[];
  /** What is behind the usual mistake. */
  readonly mistake: Text;
}

const skills: Readonly<Record<string, Asked>> = {
  'main-idea': {
    question: () => text('What is the text mostly about?', '¿De qué trata sobre todo el texto?'),
    choices: ({ mainIdea }) => mainIdea,
    hints: [text('What would be missing if you told the text in one sentence?', '¿Qué faltaría si contaras el texto en una frase?'), text('Look for the choice that covers the beginning and the end.', 'Busca la opción que abarca el principio y el final.')],
    mistake: text('That is in the text, but it is only a detail.', 'Eso está en el texto, pero es solo un detalle.'),
  },
  inference: {
    question: () => text('What can you tell that the text does not say outright?', '¿Qué se puede deducir que el texto no dice directamente?'),
    choices: ({ inference }) => inference,
    hints: [text('What do people in it do, and why would they?', '¿Qué hacen las personas y por qué lo harían?'), text('Cross out what the text speaks against, then what it never touches.', 'Tacha lo que el texto contradice y después lo que nunca menciona.')],
    mistake: text('That could be, but nothing in the text points to it.', 'Podría ser, pero nada en el texto lo indica.'),
  },
  vocabulary: {
    question: ({ word }) => text(`What does “${word}” mean here?`, `¿Qué significa aquí «${word}»?`),
    choices: ({ vocabulary }) => vocabulary,
    hints: [text('Read the sentence again with each choice in its place.', 'Lee la frase otra vez con cada opción en su lugar.'), text('A word can have several meanings: which one fits what is told here?', 'Una palabra puede tener varios significados: ¿cuál encaja aquí?')],
    mistake: text('The word can mean that, but not in this sentence.', 'La palabra puede significar eso, pero no en esta frase.'),
  },
  evidence: {
    question: ({ claim }) => text(`“${claim}” Which words of the text show it?`, `«${claim}» ¿Qué palabras del texto lo muestran?`),
    choices: ({ evidence }) => evidence,
    hints: [text('Find the choices that are really in the text.', 'Busca las opciones que de verdad están en el texto.'), text('Would somebody who doubts it be convinced by these words?', '¿Convencerían esas palabras a alguien que lo duda?')],
    mistake: text('These words are in the text, but they show something else.', 'Esas palabras están en el texto, pero muestran otra cosa.'),
  },
  argument: {
    question: () => text('Which sentence is an argument that the text supports?', '¿Qué frase es un argumento que el texto apoya?'),
    choices: ({ argument }) => argument,
    hints: [text('An argument says what should be thought or done, and why.', 'Un argumento dice qué se debería pensar o hacer, y por qué.'), text('Look for a reason in the sentence.', 'Busca una razón en la frase.')],
    mistake: text('That is a fact. Nobody could argue for or against it.', 'Eso es un hecho. Nadie podría argumentar a favor ni en contra.'),
  },
  narrative: {
    question: () => text('Who tells this?', '¿Quién lo cuenta?'),
    choices: ({ narrative }) => narrative,
    hints: [text('Look for “I”, “my” or “our”.', 'Busca «I», «my» u «our».'), text('Whose thoughts does the text know, and whose not?', '¿De quién conoce el texto los pensamientos y de quién no?')],
    mistake: text('The text speaks about them; it does not speak with their voice.', 'El texto habla de esa persona, no con su voz.'),
  },
  revision: {
    question: ({ clumsy }) => text(`Which is the best way to write this? “${clumsy}”`, `¿Cuál es la mejor manera de escribir esto? «${clumsy}»`),
    choices: ({ revision }) => revision,
    hints: [text('Say each choice aloud. Which one is clear at once?', 'Di cada opción en voz alta. ¿Cuál se entiende enseguida?'), text('Nothing should be said twice, and nothing should change its meaning.', 'Nada debe decirse dos veces y nada debe cambiar de sentido.')],
    mistake: text('The words still stumble: something is said twice or does not fit together.', 'La frase aún tropieza: algo se dice dos veces o no encaja.'),
  },
}; // prettier-ignore

const elsewhere = text('The text does not say that.', 'El texto no dice eso.');

/** The right choice is not always the first: they turn with the number of the text. */
function made(passage: Passage, asked: Asked, turn: number): Made {
  const choices = asked.choices(passage);
  const place = (at: number) => 'abc'[(at + turn) % 3]!;
  const shown = choices.map((choice, at) => ({ id: place(at), text: choice })).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    text: passage.text,
    question: asked.question(passage),
    choices: shown,
    key: { kind: 'choice', right: place(0) },
    hints: [...asked.hints],
    misconceptions: [
      { id: 'usual', answers: [place(1)], say: asked.mistake },
      { id: 'elsewhere', answers: [place(2)], say: elsewhere },
    ],
  };
}

/** One item of each skill for each text. */
export const readingItems = (): readonly PracticeItem[] =>
  Object.entries(skills).flatMap(([skill, asked], at) =>
    numbered(COURSE, skill, passages.map((passage, index) => made(passage, asked, at + index))),
  ); // prettier-ignore
