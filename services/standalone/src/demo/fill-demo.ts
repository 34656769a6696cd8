import { type Door, recordRoster } from '@pharos/ingest';
import { type District, type SentStatement } from '@pharos/simulator';
import { type RosterPerson } from '@pharos/vault';
import { demoRoster, type Tokens } from './demo-roster.js';

const rosterBatch = 2_000;
const statementBatch = 1_000;

/** Credential ids of the demo's platforms, made by the caller. */
export type PlatformCredentials = Readonly<Record<SentStatement['platform'], string>>;

export interface FillOptions {
  /** Told when everybody is in the vault: from then on people of the district can be given logins. */
  readonly onPeople?: (tokens: Tokens) => void;
  /** Told after each batch of statements how many are in. */
  readonly onStatements?: (sent: number) => void;
  /** Ends it between two batches. Filling again goes on, and repeats nothing. */
  readonly signal?: AbortSignal;
}

/**
 * Sends a simulated district in at the door: people to the vault, the roster as facts, statements as their platforms
 * would have sent them, each known since it happened.
 *
 * @returns tokens of everybody by sourced id
 */
export async function fillDemo(
  district: District,
  tenant: string,
  door: Door,
  credentials: PlatformCredentials,
  options: FillOptions = {},
): Promise<Tokens> {
  const tokens = await registerDistrict(district, tenant, door);
  options.onPeople?.(tokens);
  const hashKey = await door.vault.hashKey(tenant);
  const roster = demoRoster(district, tokens);
  for (let from = 0; from < roster.length && !options.signal?.aborted; from += rosterBatch)
    await recordRoster(door, tenant, hashKey, roster.slice(from, from + rosterBatch));
  await sendStatements(district, tenant, door, credentials, options);
  return tokens;
}

/** A learner is known by sourced id, mail and the account of each platform; staff by sourced id and mail. */
async function registerDistrict({ learners, schools }: District, tenant: string, door: Door): Promise<Tokens> {
  const people = [
    ...learners.map((one): RosterPerson & { readonly sourcedId: string } => ({
      sourcedId: one.sourcedId,
      identifiers: [
        `sourced:${one.sourcedId}`,
        `mailto:${one.email}`,
        `account:https://lms.lakeshore.example|${one.sourcedId}`,
        `account:https://practice.lakeshore.example|${one.practiceAccount}`,
      ],
      givenName: one.givenName,
      familyName: one.familyName,
      email: one.email,
    })),
    ...schools.flatMap((school, index) => [
      staff(school.counselor, ['Maya Lindqvist', 'Tomas Herrera', 'Aisha Rahman'][index] ?? `Counselor ${index + 1}`),
      ...school.teachers.map((teacher, place) => staff(teacher, ['Robin Sato', 'Elena Marsh', 'Kwame Boateng'][place] ?? teacher)),
    ]),
  ];
  const tokens = new Map<string, string>();
  for (let from = 0; from < people.length; from += statementBatch) {
    const some = people.slice(from, from + statementBatch);
    const registered = await door.vault.registerPeople(tenant, some);
    some.forEach(({ sourcedId }, index) => tokens.set(sourcedId, registered.tokens[index]!));
  }
  return tokens;
}

function staff(sourcedId: string, name: string): RosterPerson & { readonly sourcedId: string } {
  const [givenName, familyName] = name.split(' ') as [string, string];
  const email = `${sourcedId}@lakeshore.example`;
  return { sourcedId, identifiers: [`sourced:${sourcedId}`, `mailto:${email}`], givenName, familyName, email };
}

async function sendStatements(
  { statements }: District,
  tenant: string,
  door: Door,
  credentials: PlatformCredentials,
  { onStatements, signal }: FillOptions,
): Promise<void> {
  let count = 0;
  for (const [platform, sent] of Map.groupBy(statements, (one) => one.platform)) {
    const sender = { credential: credentials[platform], scopes: ['statements/write', 'define', 'history/write'] };
    for (let from = 0; from < sent.length && !signal?.aborted; from += statementBatch) {
      const some = sent.slice(from, from + statementBatch).map((one) => one.statement);
      const knownAt = some.map((statement) => String(statement.timestamp));
      const accepted = await door.acceptStatements({ tenant, sender, version: '1.0.3', statements: some, knownAt });
      if (!accepted.ok)
        throw new Error(`the demo's ${platform} was refused at the door (${accepted.refused.step}): ${accepted.refused.detail}`);
      onStatements?.((count += some.length));
    }
  }
}
