/** The other commands of package.json: `node infra/tasks/run.mjs build | lint | types | format | graph | e2e | bench | cluster | pharos`. */
import { readdirSync } from 'node:fs';
import { ensureInstalled, runNode, runNx, runPharos } from './ready.mjs';

const [task, ...rest] = process.argv.slice(2);
ensureInstalled();

/** Builds everything that changed; prints only when it fails. */
const build = () => runNx(['run-many', '-t', 'build', '--outputStyle=static'], { stdio: ['ignore', 'ignore', 'inherit'] });

/**
 * Checks the types of all rooms as one program: apart, each would read the others' sources again, which took ten times as long.
 * What lives in a browser knows other globals, so it is apart.
 */
const types = () =>
  ['infra/tasks/tsconfig.everything.json', 'services/dashboard/tsconfig.json', 'test/browser/tsconfig.json'].reduce(
    (failed, project) => runNode(['node_modules/typescript/bin/tsc', '--noEmit', '-p', project, ...rest]) || failed,
    0,
  );

const eslint = (args) => runNode(['--max-old-space-size=6144', 'node_modules/eslint/bin/eslint.js', '--max-warnings=0', ...args]);

const ROOMS_AT_ONCE = 5;

/** A few rooms after another: the types of each stay in memory until the process ends, and those of all at once are more than 6 GB. */
function lintAll() {
  const floors = ['libs', 'services', 'test'];
  const rooms = floors.flatMap((floor) => readdirSync(floor, { withFileTypes: true }).filter((one) => one.isDirectory()).map(({ name }) => `${floor}/${name}`)); // prettier-ignore
  let failed = 0;
  for (let from = 0; from < rooms.length; from += ROOMS_AT_ONCE) failed = eslint(rooms.slice(from, from + ROOMS_AT_ONCE)) || failed;
  return eslint(['.', ...floors.flatMap((floor) => ['--ignore-pattern', `${floor}/`])]) || failed;
}

const tasks = {
  build: () => runNx(['run-many', '-t', 'build', '--outputStyle=static', ...rest]),
  types,
  lint: () => (rest.length > 0 ? eslint(rest) : lintAll()),
  format: () => runNode(['node_modules/prettier/bin/prettier.cjs', '--write', ...(rest.length > 0 ? rest : ['.'])]),
  graph: () => runNx(['graph', ...rest]),
  e2e: () => build() || runNode(['infra/tasks/jest.mjs', 'test/browser', ...rest]),
  journeys: () => build() || runNode(['infra/tasks/jest.mjs', 'test/journeys', ...rest]),
  // One file after the other: each has the machine, and its ports, to itself.
  faults: () => build() || runNode(['infra/tasks/jest.mjs', 'test/faults', '--runInBand', ...rest]),
  bench: () => build() || runNode(['--expose-gc', 'test/benchmarks/dist/main.js', ...rest]),
  benchCluster: () => build() || runNode(['test/benchmarks/dist/cluster.js', ...rest]),
  cluster: () => build() || runPharos(['cluster', ...(rest.length > 0 ? rest : ['up'])]),
  pharos: () => build() || runPharos(rest),
};

const chosen = tasks[task];
if (!chosen) {
  process.stderr.write(`pharos: unknown task ${task}; one of ${Object.keys(tasks).join(', ')}\n`);
  process.exit(2);
}
process.exit(chosen());
