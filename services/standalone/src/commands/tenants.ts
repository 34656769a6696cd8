import { type Command } from 'commander';
import { atHome } from '../home-works.js';
import { readPassword } from './access.js';
import { createReport } from './report.js';

interface TenantOptions {
  readonly name?: string;
  readonly admin: string;
  readonly timeZone?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** `pharos tenant`: an empty tenant with its first admin and key; also while the server runs. */
export function addTenants(program: Command): void {
  const tenant = program.command('tenant').description('districts and institutions; also while the server runs');
  tenant
    .command('add <id>')
    .description("an empty tenant; its first admin's password is read from standard input, never from the command line")
    .requiredOption('--admin <login>', 'who signs in first')
    .option('--name <text>', 'what it is called (its id, where left out)')
    .option('--time-zone <zone>', 'such as America/Chicago')
    .option('--key <platform>', 'make a key of this name, too, which may do all of xAPI and import history')
    .option('--json', 'print JSON')
    .action(add);
  tenant.command('list').option('--json', 'print JSON').action(list);
}

async function add(id: string, { name = id, admin, timeZone, key, json = false }: TenantOptions): Promise<void> {
  const password = await readPassword();
  const made = await atHome('tenant.add', { id, name, timeZone, key, admin: { login: admin, password } });
  const lines = [
    `tenant  ${made.tenant}  ${made.name}`,
    `admin   ${made.admin} may sign in`,
    ...(made.key ? [`key     ${made.key.id}`, `secret  ${made.key.secret}   (shown once)`] : []),
  ];
  createReport(json).result(made, lines.join('\n'));
}

async function list({ json = false }: TenantOptions): Promise<void> {
  const found = await atHome('tenant.list', {});
  createReport(json).result(found, found.length > 0 ? found.map(({ id, name }) => `${id}  ${name}`).join('\n') : 'there is no tenant yet');
}
