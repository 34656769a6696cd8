/** A sign of risk that anyone can check by hand: each step that the value reaches gives its points, the highest one counting. */
export interface RiskIndicator {
  readonly feature: string;
  /** 'atLeast': high values are a sign of risk; 'below': low ones are. */
  readonly when: 'atLeast' | 'below';
  readonly steps: readonly { readonly at: number; readonly points: number }[];
}

/** Missed work and silence: what a university's course shows. Silence is counted in instruction days. */
export const courseIndicators: readonly RiskIndicator[] = [
  {
    feature: 'work_missed',
    when: 'atLeast',
    steps: [
      { at: 1, points: 2 },
      { at: 2, points: 4 },
      { at: 3, points: 5 },
    ],
  },
  {
    feature: 'days_silent',
    when: 'atLeast',
    steps: [
      { at: 5, points: 1 },
      { at: 10, points: 2 },
      { at: 20, points: 3 },
    ],
  },
];

/** Attendance, behaviour and course performance beside them: what a district warns by first. */
export const districtIndicators: readonly RiskIndicator[] = [
  ...courseIndicators,
  {
    feature: 'attendance_rate',
    when: 'below',
    steps: [
      { at: 0.95, points: 1 },
      { at: 0.9, points: 2 },
      { at: 0.8, points: 3 },
    ],
  },
  {
    feature: 'incidents',
    when: 'atLeast',
    steps: [
      { at: 1, points: 1 },
      { at: 3, points: 2 },
    ],
  },
  {
    feature: 'failing_grades',
    when: 'atLeast',
    steps: [
      { at: 1, points: 2 },
      { at: 2, points: 3 },
    ],
  },
];

/** Points of one value; a missing value (NaN) reaches no step. */
export function pointsOf({ when, steps }: RiskIndicator, value: number): number {
  let most = 0;
  for (const { at, points } of steps) if ((when === 'atLeast' ? value >= at : value < at) && points > most) most = points;
  return most;
}
