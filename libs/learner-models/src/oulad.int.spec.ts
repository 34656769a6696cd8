import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { GlassBox } from './glass-box/glass-box.js';
import { type LearnerTable } from './learner-table.js';
import { L2Logistic } from './logistic/l2-logistic.js';
import { rocAuc } from './metrics/roc-auc.js';
import { topFraction } from './metrics/top-share.js';
import { ouladEnrolments, type OuladTables } from './oulad-enrolments.js';
import { type RiskModel } from './risk-model.js';

const folder = path.join(process.env.PHAROS_SHARED_DATA ?? path.join(import.meta.dirname, '../../../../shared/data'), 'oulad');
const present = existsSync(path.join(folder, 'studentInfo.csv.gz'));
const itWithOulad = present ? it : it.skip;
if (!present) console.log(`OULAD is not at ${folder} (set PHAROS_SHARED_DATA): its tests are skipped`);

function read(name: string): Record<string, string>[] {
  return parse(gunzipSync(readFileSync(path.join(folder, `${name}.csv.gz`))), { columns: true });
}

function readAll(): OuladTables {
  return {
    info: read('studentInfo'),
    registration: read('studentRegistration'),
    assessments: read('assessments'),
    submissions: read('studentAssessment'),
    clicks: read('click-features-all-presentations'),
  };
}

describe('risk models on OULAD, day 56 of 2014J, fitted on the presentations that were over by then', () => {
  let once: { training: LearnerTable; unseen: LearnerTable } | undefined;
  const data = (): { training: LearnerTable; unseen: LearnerTable } => {
    if (once) return once;
    const tables = readAll();
    once = { training: ouladEnrolments(tables, ['2013B', '2013J', '2014B'], 56), unseen: ouladEnrolments(tables, ['2014J'], 56) };
    return once;
  };
  const scoresOf = (model: RiskModel, { training, unseen }: ReturnType<typeof data>): { auc: number; precision: number } => {
    const scored = { target: Uint8Array.from(unseen.target!), score: model.fit(training).predict(unseen, { explain: false }).logOdds };
    return { auc: rocAuc(scored), precision: topFraction(scored, 0.1).precision };
  };

  itWithOulad('scores the population that the data set has on that day', () => {
    const { unseen } = data();
    expect(unseen.rows).toBe(8876);
    expect(Uint8Array.from(unseen.target!).reduce((sum, y) => sum + y, 0) / unseen.rows).toBeCloseTo(0.385, 3);
  });

  // Floors, well under what was measured; they show that a change broke something and are not aims.
  itWithOulad('logistic: AUC over 0.78', () => {
    const { auc, precision } = scoresOf(new L2Logistic({ seed: 1 }), data());
    expect(auc).toBeGreaterThan(0.78);
    expect(precision).toBeGreaterThan(0.88);
  });

  itWithOulad('glass box: AUC over 0.80', () => {
    const { auc, precision } = scoresOf(new GlassBox({ seed: 1 }), data());
    expect(auc).toBeGreaterThan(0.8);
    expect(precision).toBeGreaterThan(0.9);
  });
});
