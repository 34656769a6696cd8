import { type Command } from 'commander';
import { atHome } from '../home-works.js';
import { Refusal } from '../refusal.js';
import { createReport } from './report.js';

interface ForwardOptions {
  readonly tenant?: string;
  readonly name: string;
  readonly url: string;
  readonly kind: string;
  readonly xapiVersion: string;
  readonly verbs?: readonly string[];
  readonly activities?: readonly string[];
  readonly platforms?: readonly string[];
  readonly withIdentities?: boolean;
  readonly fromNow?: boolean;
  readonly json?: boolean;
}

const listOf = (text: string): readonly string[] => text.split(',').map((each) => each.trim());

/** `pharos forward`: where statements go besides; also while the server runs. */
export function addForward(program: Command): void {
  const forward = program
    .command('forward')
    .description('send statements on to other record stores and webhooks; also while the server runs');
  const common = (command: Command): Command =>
    command.option('--tenant <id>', 'tenant (not needed when there is one)').option('--json', 'print JSON');
  common(forward.command('add').description('the secret is read from standard input: key:secret of a record store, any text for a webhook'))
    .requiredOption('--name <text>', 'what it is called here')
    .requiredOption('--url <address>', 'the xAPI endpoint of a record store, or where a webhook is posted')
    .option('--kind <kind>', 'xapi or webhook', 'xapi')
    .option('--xapi-version <version>', '1.0.3 or 2.0.0', '1.0.3')
    .option('--verbs <iris>', 'only these, separated by commas', listOf)
    .option('--activities <iris>', 'only what is about these', listOf)
    .option('--platforms <ids>', 'only what these keys sent', listOf)
    .option('--with-identities', 'it may be told who people are; otherwise it gets tokens')
    .option('--from-now', 'only what is stored from now on')
    .action(add);
  common(forward.command('list').description('where each stands')).action(list);
  for (const [name, active, words] of [['pause', false, 'send nothing until it is resumed'], ['resume', true, 'go on where it was, at once']] as const)
    common(forward.command(`${name} <id>`).description(words)).action(async (id: string, { tenant, json = false }: ForwardOptions) =>
      createReport(json).result(await atHome('forward.active', { id, tenant, active }), `${id} is ${active ? 'sent to' : 'paused'}`),
    ); // prettier-ignore
  common(forward.command('remove <id>').description('forget a target and how far it was')).action(
    async (id: string, { tenant, json = false }: ForwardOptions) =>
      createReport(json).result(await atHome('forward.remove', { id, tenant }), `${id} is forgotten`),
  );
}

async function add(options: ForwardOptions): Promise<void> {
  const {
    tenant,
    name,
    url,
    kind,
    xapiVersion,
    verbs,
    activities,
    platforms,
    withIdentities = false,
    fromNow = false,
    json = false,
  } = options;
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  const secret = text.trim();
  if (secret === '') throw new Refusal('a secret is expected on standard input', 2);
  const filter = { ...(verbs && { verbs }), ...(activities && { activities }), ...(platforms && { platforms }) };
  const made = await atHome('forward.add', { tenant, name, url, kind, version: xapiVersion, secret, filter, withIdentities, fromNow });
  createReport(json).result(made, `${made.id}  ${made.name}: statements go to ${made.url}`);
}

async function list({ tenant, json = false }: ForwardOptions): Promise<void> {
  const found = await atHome('forward.list', { tenant });
  const lines = found.map(({ id, name, url, active, sent, setAside, failures, lastError, nextAttemptAt }) => {
    const state = active ? (failures > 0 ? `failed ${failures} times: ${lastError}; again at ${nextAttemptAt}` : 'runs') : 'paused';
    return `${id}  ${name}  ${url}\n    ${sent} sent, ${setAside} set aside; ${state}`;
  });
  createReport(json).result(found, lines.length > 0 ? lines.join('\n') : 'statements are forwarded nowhere');
}
