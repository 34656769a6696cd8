import { type PracticeItem } from '@pharos/contract';
import { type Made, mistake, numbered, text } from './items.js';

const COURSE = 'algebra-1';
const COUNT = 20;

/** Two numbers of item `n`, spread over small ranges without chance. */
const pair = (n: number): readonly [a: number, b: number] => [2 + ((n * 7) % 11), 3 + ((n * 5) % 8)];
const signed = (value: number): string => (value < 0 ? `- ${-value}` : `+ ${value}`);

const makers: Readonly<Record<string, (n: number) => Made>> = {
  integers(n) {
    const [a, b] = pair(n);
    const minus = n % 2 === 0;
    const right = minus ? a + b : a - b - n;
    return {
      question: minus ? text(`${a} - (-${b}) = ?`, `${a} - (-${b}) = ?`) : text(`${a} + (-${b + n}) = ?`, `${a} + (-${b + n}) = ?`),
      key: { kind: 'number', value: right },
      hints: [
        text('Think of a number line. Where do you start?', 'Piensa en una recta numérica. ¿Dónde empiezas?'),
        minus
          ? text('Taking away a debt is like being given the same amount.', 'Quitar una deuda es como recibir esa misma cantidad.')
          : text('Adding a negative number moves to the left.', 'Sumar un número negativo mueve hacia la izquierda.'),
      ],
      misconceptions: minus
        ? mistake('two-minus-signs', a - b, right, 'Two minus signs in a row turn into a plus.', 'Dos signos menos seguidos se convierten en un más.')
        : mistake('sign-dropped', a + b + n, right, 'The minus sign was left out.', 'Se quedó fuera el signo menos.'),
    };
  },
  fractions(n) {
    const a = 2 + (n % 4);
    const b = a + 1 + (n % 5);
    return {
      question: text(`1/${a} + 1/${b} = ?`, `1/${a} + 1/${b} = ?`),
      key: { kind: 'algebra', expression: `${a + b}/${a * b}` },
      hints: [
        text('Both fractions need the same denominator before they can be added.', 'Las dos fracciones necesitan el mismo denominador antes de sumarse.'),
        text(`A denominator that works for both is ${a} times ${b}.`, `Un denominador que sirve para las dos es ${a} por ${b}.`),
      ],
      misconceptions: mistake('tops-and-bottoms', `2/${a + b}`, '', 'Tops and bottoms were added each. Pieces of different size cannot be counted together.', 'Se sumaron numeradores y denominadores. No se pueden contar juntos trozos de distinto tamaño.'),
    };
  },
  expressions(n) {
    const [a, b] = pair(n);
    return {
      question: text(`Write without brackets: ${a}(x + ${b})`, `Escribe sin paréntesis: ${a}(x + ${b})`),
      key: { kind: 'algebra', expression: `${a}*x+${a * b}` },
      hints: [
        text('The number in front belongs to everything in the brackets.', 'El número de delante multiplica todo lo que hay en el paréntesis.'),
        text(`You have ${a} times x. What else do you have ${a} times?`, `Tienes ${a} veces x. ¿Qué más tienes ${a} veces?`),
      ],
      misconceptions: mistake('first-term-only', `${a}x+${b}`, '', 'Only the first term was multiplied.', 'Solo se multiplicó el primer término.'),
    };
  },
  'linear-equations'(n) {
    const [a, b] = pair(n);
    const x = ((n * 3) % 9) - 2;
    const c = a * x + b;
    return {
      question: text(`${a}x + ${b} = ${c}. What is x?`, `${a}x + ${b} = ${c}. ¿Cuánto vale x?`),
      key: { kind: 'number', value: x },
      hints: [
        text('What was done to x last? Undo that first.', '¿Qué se le hizo a x al final? Deshaz eso primero.'),
        text(`Take ${b} away from both sides. Then share by ${a}.`, `Resta ${b} en los dos lados. Después divide entre ${a}.`),
      ],
      misconceptions: [
        ...mistake('not-divided', c - b, x, 'That is what the multiple of x is worth. One x is still to be found.', 'Eso es lo que vale el múltiplo de x. Falta hallar una sola x.'),
        ...((c + b) % a === 0 ? mistake('wrong-way', (c + b) / a, x, 'The number was added on the other side instead of taken away.', 'El número se sumó al otro lado en vez de restarse.') : []),
      ],
    };
  },
  inequalities(n) {
    const b = 2 + n;
    const a = 2 + (n % 4);
    const choices = [`x > -${b}`, `x < -${b}`, `x < ${b}`, `x > ${b}`];
    const turn = n % choices.length;
    const shown = choices.map((_, at) => choices[(at + turn) % choices.length]!);
    const id = (choice: string) => 'abcd'[shown.indexOf(choice)]!;
    return {
      question: text(`-${a}x < ${a * b}. What is true of x?`, `-${a}x < ${a * b}. ¿Qué se sabe de x?`),
      choices: shown.map((choice, at) => ({ id: 'abcd'[at]!, text: choice })),
      key: { kind: 'choice', right: id(choices[0]!) },
      hints: [
        text('Try a number: does x = 0 make it true?', 'Prueba un número: ¿se cumple con x = 0?'),
        text('Dividing both sides by a negative number turns the sign around.', 'Al dividir los dos lados entre un número negativo, el signo se invierte.'),
      ],
      misconceptions: [
        { id: 'sign-not-turned', answers: [id(choices[1]!)], say: text('The sign has to turn around when both sides are divided by a negative number.', 'El signo se invierte cuando se divide entre un número negativo.') },
        { id: 'minus-lost', answers: [id(choices[2]!), id(choices[3]!)], say: text('A minus sign was lost on the way.', 'Por el camino se perdió un signo menos.') },
      ],
    };
  },
  functions(n) {
    const [a, b] = pair(n);
    const x = 2 + (n % 4);
    const right = a * x * x + b;
    return {
      question: text(`f(x) = ${a}x² + ${b}. What is f(${x})?`, `f(x) = ${a}x² + ${b}. ¿Cuánto es f(${x})?`),
      key: { kind: 'number', value: right },
      hints: [
        text(`Put ${x} wherever you see x.`, `Pon ${x} donde veas x.`),
        text('Square first, then multiply, then add.', 'Primero eleva al cuadrado, después multiplica y al final suma.'),
      ],
      misconceptions: [
        ...mistake('square-of-all', (a * x) ** 2 + b, right, 'Only x is squared, not the number in front of it.', 'Solo se eleva x al cuadrado, no el número de delante.'),
        ...mistake('doubled', a * 2 * x + b, right, 'Squaring is a number times itself, not times two.', 'Elevar al cuadrado es multiplicar un número por sí mismo, no por dos.'),
      ],
    };
  },
  slope(n) {
    const run = 2 + (n % 3);
    const slope = ((n * 5) % 7) - 3 || 4;
    const [x, y] = [n % 5, (n * 3) % 7];
    const points = `(${x}, ${y}), (${x + run}, ${y + slope * run})`;
    return {
      question: text(`A line goes through ${points}. What is its slope?`, `Una recta pasa por ${points}. ¿Cuál es su pendiente?`),
      key: { kind: 'number', value: slope },
      hints: [
        text('How far does it go up (or down) for each step to the right?', '¿Cuánto sube (o baja) por cada paso a la derecha?'),
        text(`Going right it moves ${run}. Its height changes by ${y + slope * run} ${signed(-y)}. Share the second by the first.`, `Hacia la derecha avanza ${run}. Su altura cambia ${y + slope * run} ${signed(-y)}. Divide lo segundo entre lo primero.`),
      ],
      misconceptions: mistake('not-per-step', slope * run, slope, 'That is the whole rise. The slope is the rise for one step to the right.', 'Eso es toda la subida. La pendiente es la subida por un paso a la derecha.'),
    };
  },
}; // prettier-ignore

/** Twenty items of each skill, made by rule: the same ones at every start. */
export const algebraItems = (): readonly PracticeItem[] =>
  Object.entries(makers).flatMap(([skill, make]) =>
    numbered(COURSE, skill, Array.from({ length: COUNT }, (_, at) => make(at + 1))),
  ); // prettier-ignore
