import { describe, expect, it } from '@jest/globals';
import { type Migration, migratePostgres, type MigrationSession } from './postgres-migrations.js';

type Row = Readonly<Record<string, unknown>>;

/** Only what the journal of steps asks of a database. */
function journal(): MigrationSession & { readonly applied: Row[] } {
  const applied: Row[] = [];
  return {
    applied,
    query: (text, values = []) => {
      if (text.startsWith('INSERT INTO schema_migrations')) {
        const [number, name, checksum, phase] = values;
        applied.push({ number, name, checksum, phase });
      }
      return Promise.resolve({ rows: text.startsWith('SELECT number') ? applied : [] });
    },
  };
}

const step = (number: number, phase?: Migration['phase'], sql = `-- ${number}`): Migration => ({
  number,
  name: `step ${number}`,
  sql,
  ...(phase === undefined ? {} : { phase }),
});

describe('two releases on one database', () => {
  const former = [step(1), step(2)];
  const expanded = [...former, step(5)];
  const contracted = [...expanded, step(6, 'contract')];

  it('work side by side once the newer has only added to it', async () => {
    const session = journal();
    await migratePostgres(session, 'db', former);
    expect(await migratePostgres(session, 'db', expanded)).toEqual(['5 step 5']);
    expect(await migratePostgres(session, 'db', former)).toEqual([]);
  });

  it('part when the newer takes something away: the older refuses, and says by which step', async () => {
    const session = journal();
    await migratePostgres(session, 'db', contracted);
    expect(await migratePostgres(session, 'db', contracted)).toEqual([]);
    await expect(migratePostgres(session, 'db', expanded)).rejects.toMatchObject({
      code: 'newer',
      message: expect.stringContaining('step 6'),
    });
  });

  it('get a step that was left out before, and refuse one that was edited or has another’s number', async () => {
    const session = journal();
    await migratePostgres(session, 'db', expanded);
    expect(await migratePostgres(session, 'db', [...former, step(3), step(5)])).toEqual(['3 step 3']);
    await expect(migratePostgres(session, 'db', [step(1), step(2, 'expand', 'other')])).rejects.toMatchObject({ code: 'edited' });
    await expect(migratePostgres(session, 'db', [step(2), step(1), step(2)])).rejects.toMatchObject({ code: 'misnumbered' });
  });
});
