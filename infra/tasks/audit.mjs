/**
 * `npm run audit`: known weaknesses of what is installed to run Pharos. Fails at a high or critical one. Where the registry does not
 * answer audits (mirrors often do not), it says plainly that nothing was audited: that is no pass, and no failure of this change.
 */
import { spawnSync } from 'node:child_process';
import { root } from './ready.mjs';

const FAILS = ['high', 'critical'];

/** What an answer of `npm audit --json` means: `code` of the process and one line for people. */
export function verdictOf(answer) {
  const counts = answer?.metadata?.vulnerabilities;
  if (counts === undefined) {
    const why = answer?.error?.summary || answer?.message || 'no answer that could be read';
    return { code: 0, line: `dependency audit: NOT RUN, the registry does not answer it (${why})` };
  }
  const found = Object.values(answer.vulnerabilities ?? {}).filter(({ severity }) => FAILS.includes(severity));
  const shown = Object.entries(counts).filter(([name, n]) => name !== 'total' && n > 0).map(([name, n]) => `${n} ${name}`); // prettier-ignore
  const sum = shown.length === 0 ? 'nothing known against any dependency' : shown.join(', ');
  const names = found.map(({ name, severity }) => `${name} (${severity})`).join(', ');
  return { code: found.length > 0 ? 1 : 0, line: `dependency audit: ${sum}${names ? `; ${names}` : ''}` };
}

if (process.argv[1] === import.meta.filename) {
  const run = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: root, encoding: 'utf8', timeout: 120_000 });
  let answer;
  try {
    answer = JSON.parse(run.stdout);
  } catch {
    answer = undefined; // said below
  }
  const { code, line } = verdictOf(answer);
  process.stdout.write(`${line}\n`);
  process.exit(code);
}
