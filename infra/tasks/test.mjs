/** `npm test`: every project's tests; ends with one line that sums them up, and fails when any failed or none ran. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root, runNx } from './ready.mjs';

ensureInstalled();
const results = path.join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
const status = runNx(['run-many', '-t', 'test', '--outputStyle=static', ...process.argv.slice(2)]);

mkdirSync(results, { recursive: true });
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(results).filter((name) => name.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(path.join(results, file), 'utf8'));
  sum.passed += report.numPassedTests;
  // A suite that could not even be loaded counts as one failure: it has no tests to count.
  sum.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  sum.skipped += report.numPendingTests + report.numTodoTests;
}
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
process.exit(status !== 0 || sum.failed > 0 || sum.passed === 0 ? 1 : 0);
