import { readFile } from 'node:fs/promises';
import { type Command } from 'commander';
import { atHome } from '../home-works.js';
import { Refusal } from '../refusal.js';
import { createReport } from './report.js';

interface LetterOptions {
  readonly tenant?: string;
  readonly all?: boolean;
  readonly file?: string;
  readonly json?: boolean;
}

/** `pharos letters`: what could not be taken, to look at, repair and send again; also while the server runs. */
export function addLetters(program: Command): void {
  const letters = program.command('letters').description('dead letters: what could not be taken or folded; also while the server runs');
  const common = (command: Command): Command =>
    command.option('--tenant <id>', 'tenant (not needed when there is one)').option('--json', 'print JSON');
  common(letters.command('list').description('the latest that wait for somebody').option('--all', 'settled ones too')).action(list);
  common(letters.command('show <id>').description('what a letter holds; it may name people')).action(show);
  common(letters.command('replay <ids...>').description('send letters through the door again as they were')).action(
    (ids: string[], options: LetterOptions) => resend(ids.map((letter) => ({ letter })), options), // prettier-ignore
  );
  common(letters.command('repair <id>').description('send a letter again as repaired').requiredOption('--file <json>', 'the repaired statement')).action(
    async (letter: string, options: LetterOptions) => resend([{ letter, repaired: await readFile(options.file!, 'utf8') }], options),
  ); // prettier-ignore
  common(letters.command('dismiss <ids...>').description('put letters away for good')).action(dismiss);
}

async function list({ tenant, all = false, json = false }: LetterOptions): Promise<void> {
  const found = await atHome('letters.list', { tenant, all });
  const lines = found.map(
    ({ id, at, source, place, reason, settled }) => `${id}  ${at}  ${settled ?? 'waits'}\n    ${source}, ${place}: ${reason}`,
  );
  createReport(json).result(found, lines.length > 0 ? lines.join('\n') : 'no letter waits');
}

async function show(id: string, { tenant, json = false }: LetterOptions): Promise<void> {
  const [opened] = await atHome('letters.show', { tenant, id });
  if (!opened) throw new Refusal(`no letter is called ${id}`, 2);
  createReport(json).result(opened, `${opened.letter.reason}\n${opened.text}`);
}

async function resend(letters: readonly { letter: string; repaired?: string }[], { tenant, json = false }: LetterOptions): Promise<void> {
  const resent = await atHome('letters.resend', { tenant, letters });
  const lines = resent.map((one) =>
    one.ok
      ? `${one.letter} is taken as ${one.statements.join(', ')}`
      : [
          `${one.letter} is not taken: ${one.reason}`,
          ...one.errors.map(({ path, message }) => `    ${path || 'statement'} ${message}`),
        ].join('\n'),
  );
  createReport(json).result(resent, lines.join('\n'));
  if (resent.some(({ ok }) => !ok)) process.exitCode = 4;
}

async function dismiss(ids: string[], { tenant, json = false }: LetterOptions): Promise<void> {
  const dismissed = await atHome('letters.dismiss', { tenant, ids });
  createReport(json).result({ dismissed }, `${dismissed} put away`);
}
