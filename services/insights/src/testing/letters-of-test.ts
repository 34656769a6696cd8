import { type Registry } from '@pharos/registry';
import { type Letters } from '../letters/letters.js';

/** One letter in each tenant, whose statement the door takes once it has a verb. The door's own desk is tested in ingest. */
export function lettersOfTest(registry: Registry): Letters {
  const text = '{"actor":{"name":"Quill"}}';
  const letterOf = (tenant: string) => ({
    id: `${tenant}-d1`, at: '2026-02-01T00:00:00.000Z', source: 'door', place: 'lms@1.0.3', step: 'validate', reason: 'verb is required', bytes: 'sealed', sealed: true,
  }); // prettier-ignore
  const open: Letters['open'] = (tenant, ids) => {
    const letter = letterOf(tenant);
    return Promise.resolve(ids.includes(letter.id) ? [{ letter, text, resendable: true }] : []);
  };
  return {
    open,
    resend: async (tenant, by, asked) => {
      const { settledLetters } = registry.tenant(tenant);
      const known = await open(tenant, asked.map(({ letter }) => letter)); // prettier-ignore
      return Promise.all(
        asked.map(async ({ letter, repaired = text }) => {
          if (known.length === 0) return { letter, ok: false, reason: 'There is no such letter.', errors: [] } as const;
          const errors = [{ path: 'verb', message: 'is required' }];
          if (!repaired.includes('"verb"')) return { letter, ok: false, reason: 'The statement is not valid.', errors } as const;
          await settledLetters.settle({ letter, how: 'repaired', by, statements: ['s1'] });
          return { letter, ok: true, statements: ['s1'] } as const;
        }),
      );
    },
    dismiss: async (tenant, by, letters) => {
      for (const letter of letters) await registry.tenant(tenant).settledLetters.settle({ letter, how: 'dismissed', by, statements: [] });
      return letters.length;
    },
  };
}
