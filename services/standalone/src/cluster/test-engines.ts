import path from 'node:path';
import { applyTopics, kafkaClient } from '@pharos/event-log';
import { startTestPostgres } from '@pharos/registry/testing';
import { createLogger, readConfiguration } from '@pharos/runtime';
import { serveHttp } from '@pharos/warehouse/http-server';
import pg from 'pg';
import { readTopicPlan } from './topic-plan.js';

export type TestEngines = Awaited<ReturnType<typeof startTestEngines>>;

/**
 * Engines of a cluster for tests: topics of its own on a broker that runs, a PostgreSQL and a warehouse of its own. About 4 s.
 *
 * @param prefix of the topics; they are made where they are not there
 * @param own settings beside those that the engines give: keys, blobs, archive
 */
export async function startTestEngines(
  { brokers }: { readonly brokers: readonly string[] },
  folder: string,
  prefix: string,
  own: Readonly<Record<string, string>>,
) {
  const postgres = await startTestPostgres();
  const warehouse = await serveHttp({ path: path.join(folder, `warehouse-${postgres.connection('pharos_vault').port}`), port: 0 });
  const admin = kafkaClient({ brokers, clientId: 'test' }).admin();
  await admin.connect();
  await applyTopics(admin, readTopicPlan(undefined, 1), prefix);
  await admin.disconnect();
  const urlOf = (database: 'pharos_registry' | 'pharos_vault'): string => {
    const { host, port, user, password } = postgres.connection(database);
    return `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  };
  const settings = {
    PHAROS_MODE: 'cluster', PHAROS_KAFKA_BROKERS: brokers.join(), PHAROS_KAFKA_TOPIC_PREFIX: prefix, PHAROS_CLICKHOUSE_URL: warehouse.url,
    PHAROS_REGISTRY_URL: urlOf('pharos_registry'), PHAROS_VAULT_URL: urlOf('pharos_vault'), PHAROS_POSTGRES_POOL: '4', PHAROS_PORT: '0', ...own,
  }; // prettier-ignore
  return {
    logger: createLogger('silent', 'test'),
    databases: { registry: postgres.connection('pharos_registry'), vault: postgres.connection('pharos_vault') },
    configuration: (more: Readonly<Record<string, string>> = {}) => {
      const read = readConfiguration({ ...settings, ...more });
      if (!read.ok) throw new Error(read.problems.join());
      return read.settings;
    },
    query: async <Row>(database: 'pharos_registry' | 'pharos_vault', text: string): Promise<readonly Row[]> => {
      const client = new pg.Client(postgres.connection(database));
      await client.connect();
      try {
        return (await client.query<Row & pg.QueryResultRow>(text)).rows;
      } finally {
        await client.end();
      }
    },
    stop: async () => {
      await warehouse.close();
      await postgres.stop();
    },
  };
}

/** Posts statements as a platform does. @returns the status, and the answer's text where it is not 200 */
export async function post(
  address: string,
  { id, secret }: { readonly id: string; readonly secret: string },
  statements: readonly object[],
): Promise<string> {
  const answer = await fetch(`${address}/xapi/statements`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/json',
      'x-experience-api-version': '1.0.3',
    },
    body: JSON.stringify(statements),
  });
  const text = await answer.text();
  return answer.status === 200 ? '200' : `${answer.status} ${text}`;
}

/** That somebody completed a lesson. */
export const completed = (id: string, mail: string, name: string) => ({
  id,
  actor: { objectType: 'Agent', mbox: `mailto:${mail}`, name },
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: 'https://example.org/lesson/1' },
  timestamp: '2026-03-02T10:00:00.000Z',
});
