/**
 * Runs one project's tests and leaves their counts in `test-results/<project>.json`, where `npm test` adds them up.
 *
 * Usage: node infra/tasks/jest.mjs libs/xapi [more Jest arguments]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const [project, ...rest] = process.argv.slice(2);
if (!project) throw new Error('usage: jest.mjs PROJECT_FOLDER');
const { name } = JSON.parse(readFileSync(path.join(project, 'project.json'), 'utf8'));
mkdirSync('test-results', { recursive: true });
const output = `test-results/${name}.json`;
rmSync(output, { force: true });
const run = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--rootDir', project,
    '--config', 'jest.preset.mjs',
    '--passWithNoTests',
    '--json', '--outputFile', output,
    ...rest,
  ],
  { stdio: ['inherit', 'ignore', 'inherit'] },
);
// Jest also ends with 1 when something prints after the last test, as the log's driver does on a full disk. The report says
// whether a test or a suite failed; without a report, or when Jest was killed, the run has failed.
const report = run.signal === null && existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
process.exit(report?.success === true && report.numFailedTests === 0 && report.numRuntimeErrorTestSuites === 0 ? 0 : (run.status || 1));
