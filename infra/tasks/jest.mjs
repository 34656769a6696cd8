/**
 * Runs one project's tests and leaves their counts in `test-results/<project>.json`, where `npm test` adds them up.
 *
 * Usage: node infra/tasks/jest.mjs libs/xapi [more Jest arguments]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [project, ...rest] = process.argv.slice(2);
if (!project) throw new Error('usage: jest.mjs PROJECT_FOLDER');
const { name } = JSON.parse(readFileSync(path.join(project, 'project.json'), 'utf8'));
mkdirSync('test-results', { recursive: true });
const run = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--rootDir', project,
    '--config', 'jest.preset.mjs',
    '--passWithNoTests',
    '--json', '--outputFile', `test-results/${name}.json`,
    ...rest,
  ],
  { stdio: ['inherit', 'ignore', 'inherit'] },
);
process.exit(run.status ?? 1);
