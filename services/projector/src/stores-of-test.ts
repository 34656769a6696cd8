import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedLog, openEmbeddedLog } from '@pharos/event-log';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';

/**
 * Logs and warehouses of one spec file. The engine binds one folder per process, and Jest runs each file in a process or a
 * context of its own, so the file's warehouses are databases of one folder.
 */
export async function openStores() {
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-projector-'));
  const opened: { close(): Promise<void> }[] = [];
  let count = 0;
  return {
    async log(): Promise<EmbeddedLog> {
      let time = Date.UTC(2015, 0, 1);
      const log = await openEmbeddedLog({ path: path.join(folder, `log-${count++}`), now: () => new Date(time++) });
      opened.push(log);
      return log;
    },
    async warehouse(): Promise<Warehouse> {
      const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse'), database: `test_${count++}` });
      opened.push(warehouse);
      return warehouse;
    },
    async dispose(): Promise<void> {
      for (const each of opened.reverse()) await each.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Stores = Awaited<ReturnType<typeof openStores>>;
