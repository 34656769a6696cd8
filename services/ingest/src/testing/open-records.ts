import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFileBlobs } from '@pharos/event-log';
import { startTestRegistry } from '@pharos/registry/testing';
import { openWarehouse } from '@pharos/warehouse';
import fastify, { type InjectOptions } from 'fastify';
import { xapiRoutes } from '../http/xapi-routes.js';
import { basic, keysOf } from './credentials.js';
import { foldRecords } from './fold-records.js';
import { createDoor } from '../door/door.js';
import { type RecordStore } from '../records/record-store.js';
import { openTestDoor } from './open-door.js';

const CONSUMER = 'fold';

/** The record store over a real log, warehouse and registry of their own, with `fold` to bring the tables up to the log. */
export async function openTestRecords(more: Pick<RecordStore, 'references'> = {}) {
  let time = Date.UTC(2026, 0, 1);
  const now = () => new Date((time += 1));
  const opened = await openTestDoor(now);
  const registry = await startTestRegistry(now);
  for (const id of ['t', 'u']) await registry.registry.tenants.put({ id, name: id });
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-records-'));
  const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  const credentials = keysOf({
    lms: { secret: 's', tenant: 't', scopes: ['all'] },
    mine: { secret: 's', tenant: 't', scopes: ['statements/write', 'statements/read/mine'] },
    reader: { secret: 's', tenant: 't', scopes: ['statements/read'] },
    other: { secret: 's', tenant: 'u', scopes: ['all'] },
  });
  const server = fastify();
  const attachments = {
    blobs: openFileBlobs(path.join(folder, 'blobs')),
    records: (tenant: string) => registry.registry.tenant(tenant).attachments,
  };
  const store = {
    warehouse: (tenant: string) => warehouse.tenant(tenant),
    documents: (tenant: string) => registry.registry.tenant(tenant).documents,
    attachments,
    foldConsumer: CONSUMER,
    ...more,
  };
  const { log, vault, newId } = opened.door;
  const door = createDoor({ log, vault, now, newId, attachments });
  await server.register((scope) => xapiRoutes(scope, { door, credentials, store }), { prefix: '/xapi' });
  await server.ready();
  return {
    ...opened,
    door,
    store,
    server,
    warehouse,
    registry,
    folderOfStore: folder,
    fold: (upTo?: number) => foldRecords(opened.log, warehouse, CONSUMER, upTo),
    ask: (options: InjectOptions & { readonly url: string }, who = 'lms', version = '1.0.3') =>
      server.inject({
        method: 'GET',
        ...options,
        headers: { authorization: basic(who, 's'), 'x-experience-api-version': version, ...options.headers },
      }),
    async dispose() {
      await server.close();
      await warehouse.close();
      await registry.stop();
      await opened.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
