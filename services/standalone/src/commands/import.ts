import { type Command } from 'commander';
import { createProjector } from '@pharos/projector';
import { importAnswers, importOulad, importXapi, type OnProgress, statementsThread } from '@pharos/ingest';
import { type Homes } from '../homes/open-homes.js';
import { createHomeDoor } from '../server.js';
import { catalogueGaps, importContent, importSkills } from './import-content.js';
import { readContext, withHomes } from './command-context.js';
import { createReport, type Report } from './report.js';

interface ImportOptions {
  readonly tenant?: string;
  readonly history?: boolean;
  readonly export?: boolean;
  readonly json?: boolean;
}

/** The credential that imports of this machine act as; only they may say since when something was known. */
const sender = { credential: 'import', scopes: ['statements/write', 'define', 'roster/write', 'history/write'] };

export function addImport(program: Command): void {
  const command = program.command('import').description('bring histories in through the same checks as HTTP; twice adds nothing');
  command
    .command('oulad <dir>')
    .description('the Open University Learning Analytics Dataset (plain or gzip tables)')
    .option('--tenant <id>', 'tenant to fill', 'oulad')
    .option('--json', 'print JSON')
    .action((dir: string, { tenant = 'oulad', json = false }: ImportOptions) =>
      runImport(json, async (homes, report) => {
        await homes.registry.tenants.put({ id: tenant, name: 'Open University (OULAD)' });
        return importOulad({ dir, tenant, door: createHomeDoor(homes), sender, thread: statementsThread, onProgress: showOn(report) });
      }),
    );
  command
    .command('answers <file>')
    .description('answers of a research file: tab-separated, ASSISTments CSV or a DataShop export (plain or gzip)')
    .requiredOption('--tenant <id>', 'tenant to fill; made if it is not there')
    .option('--json', 'print JSON')
    .action((file: string, { tenant = '', json = false }: ImportOptions) =>
      runImport(json, async (homes, report) => {
        if (!(await homes.registry.tenants.get(tenant))) await homes.registry.tenants.put({ id: tenant, name: tenant });
        return importAnswers({ file, tenant, door: createHomeDoor(homes), sender, onProgress: showOn(report) });
      }),
    );
  command
    .command('skills <source>')
    .description(
      'skills, prerequisites and crosswalks: CASE 1.1 from a server’s address or as JSON, or CSV (skill, title, subject, level, prerequisites, prefixes)',
    )
    .requiredOption('--tenant <id>', 'tenant to fill; made if it is not there')
    .option('--json', 'print JSON')
    .action((file: string, { tenant = '', json = false }: ImportOptions) =>
      runImport(json, (homes) => withTenant(homes, tenant, () => importSkills(homes.registry, tenant, file, homes.now().toISOString()))),
    );
  command
    .command('content <file>')
    .description(
      'the content catalogue: QTI 3, Common Cartridge, cmi5 course structure; CSV of resources (resource, skills, level, language, minutes, format), or of items and their skills',
    )
    .requiredOption('--tenant <id>', 'tenant to fill; made if it is not there')
    .option('--skill <id>', 'skill of what a package names none for')
    .option('--json', 'print JSON')
    .action((file: string, { tenant = '', skill, json = false }: ImportOptions & { readonly skill?: string }) =>
      runImport(json, (homes) =>
        withTenant(homes, tenant, () => importContent(homes.registry, tenant, file, homes.now().toISOString(), skill)),
      ),
    );
  program
    .command('gaps')
    .description('skills for which the content catalogue has nothing at a level, in a language')
    .requiredOption('--tenant <id>', 'tenant')
    .option('--json', 'print JSON')
    .action(({ tenant = '', json = false }: ImportOptions) =>
      withHomes(readContext(), async (homes) => {
        const gaps = await catalogueGaps(homes.registry, tenant);
        const lines = gaps.map(({ skill, level, language }) => `  ${skill}  ${level ?? 'any level'}  ${language ?? 'any language'}`);
        createReport(json).result({ gaps }, gaps.length === 0 ? 'no gaps' : lines.join('\n'));
      }),
    );
  command
    .command('xapi <file>')
    .description('statements, one a line or as an array (plain or gzip); what cannot be taken becomes a dead letter with its line')
    .requiredOption('--tenant <id>', 'tenant to fill; made if it is not there')
    .option('--history', 'count each statement as known since its own timestamp')
    .option('--export', 'the file is an export of a record store: authorities are kept, and so is the order')
    .option('--json', 'print JSON')
    .action((file: string, { tenant = '', history = false, export: isExport = false, json = false }: ImportOptions) =>
      runImport(json, async (homes, report) => {
        if (!(await homes.registry.tenants.get(tenant))) await homes.registry.tenants.put({ id: tenant, name: tenant });
        const trusted = isExport ? { ...sender, scopes: [...sender.scopes, 'authority/write'] } : sender;
        return importXapi({
          file,
          tenant,
          door: createHomeDoor(homes),
          sender: trusted,
          history,
          inOrder: isExport,
          onProgress: showOn(report),
        });
      }),
    );
}

async function withTenant<T>(homes: Homes, tenant: string, work: () => Promise<T>): Promise<T> {
  if (!(await homes.registry.tenants.get(tenant))) await homes.registry.tenants.put({ id: tenant, name: tenant });
  const done = await work();
  await homes.registry.outbox.relayOnce({ append: (facts) => homes.log.append(facts) });
  return done;
}

const showOn = (report: Report): OnProgress => {
  const bar = report.progress('importing');
  return ({ stage, rows, appended }) => bar.at(rows, `rows of ${stage}, ${appended} facts`);
};

/** Imports, then folds what came, so that everything can be asked for when the command ends. */
async function runImport(json: boolean, work: (homes: Homes, report: Report) => Promise<object>): Promise<void> {
  const report = createReport(json);
  await withHomes(readContext(), async (homes) => {
    const began = performance.now();
    const summary = await work(homes, report);
    const imported = performance.now();
    const folded = await createProjector({ log: homes.log, warehouse: homes.warehouse, registry: homes.registry.folds }).runUntilCaughtUp();
    const seconds = { import: (imported - began) / 1000, fold: (performance.now() - imported) / 1000 };
    report.result({ ...summary, folded, seconds }, describe(summary, folded, seconds));
  });
}

const describe = (summary: object, folded: number, seconds: { readonly import: number; readonly fold: number }): string => {
  const lines = Object.entries(summary)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `  ${name.padEnd(14)} ${(value as number).toLocaleString('en')}`);
  return [
    ...lines,
    `  ${'folded'.padEnd(14)} ${folded.toLocaleString('en')}`,
    `  ${'seconds'.padEnd(14)} ${seconds.import.toFixed(1)} to the log, ${seconds.fold.toFixed(1)} more to the tables`,
  ].join('\n');
};
