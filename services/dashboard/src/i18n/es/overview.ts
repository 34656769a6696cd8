import { type overviewTexts as English } from '../en/overview.js';

/** Overview, in Spanish. */
export const overviewTexts: Readonly<Record<keyof typeof English, string>> = {
  'overview.title': '¿Cómo vamos?',
  'overview.minimum': 'No se muestran grupos de menos de {{n}} personas.',
  'overview.atRisk': 'En riesgo',
  'overview.active': 'Activos esta semana',
  'overview.enrolled': 'Inscritos',
  'overview.learners': 'estudiantes',
  'overview.of': 'de {{n}} ({{share}})',
  'overview.this-year': 'Este año',
  'overview.last-year': 'Año pasado',
  'overview.week-of': 'Semana del',
  'overview.gaps_one': 'La cifra de una semana no se muestra: eran casi todos, o tan pocos, que se distinguiría a menos de {{n}} personas.',
  'overview.gaps_other':
    'Las cifras de {{count}} semanas no se muestran: eran casi todos, o tan pocos, que se distinguiría a menos de {{n}} personas.',
  'overview.filters': 'De qué son las cifras',
  'overview.term': 'Periodo',
  'overview.school': 'Centro',
  'overview.course': 'Curso',
  'overview.all-schools': 'Todos los centros',
  'overview.all-courses': 'Todos los cursos',
  'overview.drop': 'Quitar el filtro {{what}}',
  'overview.as-of': 'A fecha de',
  'overview.by': 'Filas de la tabla',
  'overview.spark': 'En riesgo por semana: {{what}}',
};
