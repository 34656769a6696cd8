import { type PracticeContent, type PracticeSkill } from '@pharos/contract';
import { algebraItems } from './algebra.js';
import { itemAddress, text } from './items.js';
import { readingItems } from './reading.js';

type Skill = readonly [id: string, en: string, es: string, ...after: string[]];

const courses: readonly { readonly course: string; readonly subject: string; readonly es: string; readonly skills: readonly Skill[] }[] = [
  {
    course: 'algebra-1', subject: 'Mathematics', es: 'Matemáticas',
    skills: [
      ['integers', 'Negative numbers', 'Números negativos'],
      ['fractions', 'Adding fractions', 'Sumar fracciones', 'integers'],
      ['expressions', 'Multiplying out', 'Quitar paréntesis', 'integers'],
      ['linear-equations', 'Linear equations', 'Ecuaciones lineales', 'expressions', 'fractions'],
      ['inequalities', 'Inequalities', 'Desigualdades', 'linear-equations'],
      ['functions', 'Values of functions', 'Valores de funciones', 'expressions'],
      ['slope', 'Slope of a line', 'Pendiente de una recta', 'functions', 'fractions'],
    ],
  },
  {
    course: 'english-9', subject: 'Reading', es: 'Lectura',
    skills: [
      ['main-idea', 'Main idea', 'Idea principal'],
      ['vocabulary', 'Words in context', 'Palabras en contexto'],
      ['narrative', 'Who tells the story', 'Quién cuenta la historia', 'main-idea'],
      ['inference', 'Reading between the lines', 'Leer entre líneas', 'main-idea'],
      ['evidence', 'Finding evidence', 'Encontrar pruebas', 'inference'],
      ['argument', 'Arguments', 'Argumentos', 'evidence'],
      ['revision', 'Rewriting a sentence', 'Reescribir una frase', 'vocabulary'],
    ],
  },
  {
    // Answered on the practice platform alone: its items are known by their addresses, so there is something to know and nothing to practise here.
    course: 'biology', subject: 'Biology', es: 'Biología',
    skills: [
      ['cells', 'Cells', 'Células'],
      ['energy', 'Energy in living things', 'Energía en los seres vivos', 'cells'],
      ['genetics', 'Genetics', 'Genética', 'cells'],
      ['evolution', 'Evolution', 'Evolución', 'genetics'],
      ['ecosystems', 'Ecosystems', 'Ecosistemas', 'energy'],
      ['classification', 'Classification', 'Clasificación', 'evolution'],
      ['experiments', 'Planning experiments', 'Planear experimentos'],
    ],
  },
]; // prettier-ignore

const skillsOf = (): PracticeSkill[] =>
  courses.flatMap(({ course, subject, es: subjectEs, skills }) =>
    skills.map(([id, en, es, ...after]) => ({
      skill: `${course}/${id}`,
      title: text(en, es),
      subject,
      subjectTitle: text(subject, subjectEs),
      prerequisites: after.map((before) => `${course}/${before}`),
      prefixes: [itemAddress(course, id, '')],
    })),
  );

/** What is practised in the demo district: arithmetic made by rule, and short texts written for it. */
export const demoContent = (): PracticeContent => ({ skills: skillsOf(), items: [...algebraItems(), ...readingItems()] });
