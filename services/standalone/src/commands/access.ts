import { type Command } from 'commander';
import { type Role, roles } from '@pharos/registry';
import { Refusal } from '../refusal.js';
import { readContext, tenantOf, withHomes } from './command-context.js';
import { createReport } from './report.js';

interface UserOptions {
  readonly tenant?: string;
  readonly roles: string;
  readonly person?: string;
  readonly json?: boolean;
}

export function addAccess(program: Command): void {
  const user = program.command('user').description('people who sign in');
  user
    .command('create <login>')
    .description('the password is read from standard input, never from the command line')
    .option('--tenant <id>', 'tenant (not needed when there is one)')
    .requiredOption('--roles <list>', `separated by commas: ${roles.join(', ')}`)
    .option('--person <token>', 'token of the person, for counselors, teachers and learners')
    .option('--json', 'print JSON')
    .action(createUser);
}

async function createUser(login: string, { tenant, roles: asked, person, json = false }: UserOptions): Promise<void> {
  const wanted = asked.split(',').map((role) => role.trim());
  const unknown = wanted.find((role) => !(roles as readonly string[]).includes(role));
  if (unknown !== undefined) throw new Refusal(`no role is called ${unknown}; there are ${roles.join(', ')}`, 2);
  const password = await readPassword();
  await withHomes(readContext(), async (homes) => {
    const users = homes.registry.tenant(await tenantOf(homes, tenant)).users;
    const made = await users.create({ login, password, roles: wanted as Role[], ...(person === undefined ? {} : { person }) });
    if (!made.ok) throw new Refusal(made.reason, 2);
    createReport(json).result(made.user, `${login} may sign in as ${wanted.join(', ')}`);
  });
}

/** One line of standard input. @throws Refusal where there is none */
export async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('password: ');
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  const password = text.split('\n')[0] ?? '';
  if (password === '') throw new Refusal('a password is expected on standard input', 2);
  return password;
}
