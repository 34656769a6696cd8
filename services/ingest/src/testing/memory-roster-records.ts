import { type RosterRecord, type RosterRecords } from '@pharos/registry';

/** The registry's roster records in memory, for tests of the door: the real ones are tested in the registry. */
export function memoryRosterRecords(): RosterRecords {
  const all = new Map<string, RosterRecord>();
  const place = (kind: string, key: string) => `${kind}/${key}`;
  return {
    get: (kind, keys) => {
      const found = keys.map((key) => all.get(place(kind, key))).filter((record) => record !== undefined);
      return Promise.resolve(new Map(found.map((record) => [record.key, record])));
    },
    active: (kind) => Promise.resolve([...all.values()].filter((record) => record.kind === kind && record.active)),
    put: (records) => {
      for (const record of records) all.set(place(record.kind, record.key), record);
      return Promise.resolve();
    },
  };
}
