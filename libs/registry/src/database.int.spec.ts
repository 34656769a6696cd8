import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDatabase } from './database.js';
import { registryMigrations } from './open-registry.js';
import { startTestRegistry } from './testing.js';

let home: Awaited<ReturnType<typeof startTestRegistry>>;
beforeAll(async () => {
  home = await startTestRegistry(() => new Date());
});
afterAll(() => home.stop());

it('a transaction whose connection is lost between two statements is refused; the process and the pool go on', async () => {
  const database = await openDatabase({ ...home.connection, max: 1 }, registryMigrations, () => undefined);
  try {
    const lost = database.transaction(async (sql) => {
      const [session] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await home.query('SELECT pg_terminate_backend($1)', [session!.pid]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return sql.query('SELECT 1');
    });
    await expect(lost).rejects.toThrow();
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    await database.close();
  }
});
