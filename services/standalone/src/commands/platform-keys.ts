import { type Command, InvalidArgumentError } from 'commander';
import { credentialScopes } from '@pharos/contract';
import { type CredentialSettings } from '@pharos/registry';
import { atHome } from '../home-works.js';
import { createReport } from './report.js';

interface KeyOptions {
  readonly tenant?: string;
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly lenient?: boolean;
  readonly lint?: boolean;
  readonly cmi5?: boolean;
  readonly requestsPerSecond?: number;
  readonly statementsPerSecond?: number;
  readonly bytesPerSecond?: number;
  readonly json?: boolean;
}

const listOf = (text: string): readonly string[] => text.split(',').map((scope) => scope.trim());

/** The options that make a credential's settings, the same for a new key and a change. */
const withSettings = (command: Command): Command =>
  command
    .option('--lenient', 'may ask that the good statements of a batch be stored and the rest set aside')
    .option('--no-lenient', 'its batches are refused as a whole')
    .option('--lint', 'what its statements do that they should not is counted; they are stored all the same')
    .option('--no-lint', 'nothing is counted but what is refused')
    .option('--cmi5', 'its statements that say they are cmi5’s are held to the rules of cmi5')
    .option('--no-cmi5', 'they are taken as any other')
    .option('--requests-per-second <n>', 'more are told 429; no limit where left out', positive)
    .option('--statements-per-second <n>', 'likewise', positive)
    .option('--bytes-per-second <n>', 'likewise', positive)
    .option('--tenant <id>', 'tenant (not needed when there is one)')
    .option('--json', 'print JSON');

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('a number above 0 is needed');
  return value;
}

function settingsOf({
  lenient,
  lint,
  cmi5,
  requestsPerSecond,
  statementsPerSecond,
  bytesPerSecond,
}: KeyOptions): CredentialSettings | undefined {
  const limits = {
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    ...(statementsPerSecond !== undefined && { statementsPerSecond }),
    ...(bytesPerSecond !== undefined && { bytesPerSecond }),
  };
  const settings = {
    ...(lenient !== undefined && { lenient }),
    ...(lint !== undefined && { lint }),
    ...(cmi5 !== undefined && { cmi5 }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
  return Object.keys(settings).length > 0 ? settings : undefined;
}

/** `pharos key`: make, list, change and revoke, also while the server runs. */
export function addPlatformKeys(program: Command): void {
  const key = program.command('key').description('API keys of platforms; also while the server runs');
  withSettings(key.command('create'))
    .requiredOption('--name <text>', 'which platform it is for')
    .option('--scopes <list>', `separated by commas: ${credentialScopes.join(', ')}`, listOf, [
      'statements/write',
      'define',
      'statements/read/mine',
    ])
    .action(createKey);
  withSettings(key.command('change <id>').description('what is left out stays; settings are given anew as a whole'))
    .option('--name <text>', 'which platform it is for')
    .option('--scopes <list>', 'separated by commas', listOf)
    .action(changeKey);
  key.command('list').option('--tenant <id>', 'tenant (not needed when there is one)').option('--json', 'print JSON').action(listKeys);
  key
    .command('revoke <id>')
    .description('in force within 5 seconds, everywhere')
    .option('--tenant <id>', 'tenant (not needed when there is one)')
    .action(async (id: string, { tenant }: KeyOptions) => {
      await atHome('key.revoke', { id, tenant });
      createReport(false).say(`${id} is revoked`);
    });
}

async function createKey({ tenant, name = '', scopes = [], json = false, ...more }: KeyOptions): Promise<void> {
  const made = await atHome('key.create', { tenant, name, scopes, settings: settingsOf(more) ?? {} });
  createReport(json).result(
    { id: made.id, secret: made.secret, scopes: made.scopes },
    `id      ${made.id}\nsecret  ${made.secret}   (shown once)`,
  );
}

async function changeKey(id: string, { tenant, name, scopes, json = false, ...more }: KeyOptions): Promise<void> {
  const changed = await atHome('key.change', { id, tenant, name, scopes, settings: settingsOf(more) });
  createReport(json).result(changed, `${changed.name}: ${changed.scopes.join(', ')}`);
}

async function listKeys({ tenant, json = false }: KeyOptions): Promise<void> {
  const keys = await atHome('key.list', { tenant });
  const lines = keys.map(
    ({ id, name, scopes, revokedAt, lastSeenAt }) =>
      `${id}  ${name}\n    ${scopes.join(', ')}; ${revokedAt === null ? `last seen ${lastSeenAt ?? 'never'}` : `revoked ${revokedAt}`}`,
  );
  createReport(json).result(keys, lines.length > 0 ? lines.join('\n') : 'there is no key yet');
}
