import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogUnavailable } from '@pharos/event-log';
import { type ItemKey, markByKey } from '@pharos/xapi/open-answers';
import { importer, openTestDoor, platform } from '../testing/open-door.js';
import { type Accepted, type StatementBatch } from './batch.js';
import { createDoor } from './door.js';
import { AMOUNT_EXTENSION } from './extensions.js';
import { readStatement } from './read-statement.js';

const ID = '0a000000-0000-4000-8000-000000000001';
const OTHER = '0a000000-0000-4000-8000-000000000002';
const played = {
  id: ID,
  actor: { mbox: 'mailto:ann.lee@example.org', name: 'Ann Lee' },
  verb: { id: 'https://w3id.org/xapi/video/verbs/played', display: { en: 'played' } },
  object: { id: 'https://lms.example/videos/7', definition: { type: 'https://w3id.org/xapi/video/activity-type/video' } },
  timestamp: '2025-10-01T10:00:00.123456+02:00',
};
const voiding = {
  id: OTHER,
  actor: { mbox: 'mailto:admin@example.org' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
  object: { objectType: 'StatementRef', id: ID },
};

let opened: Awaited<ReturnType<typeof openTestDoor>>;
beforeEach(async () => {
  opened = await openTestDoor();
});
afterEach(() => opened.dispose());

const accept = (statements: readonly unknown[], more: Partial<StatementBatch> = {}): Promise<Accepted> =>
  opened.door.acceptStatements({ tenant: 't', sender: platform, version: '1.0.3', statements, ...more });

const read = (id: string, which: 'standing' | 'voided' = 'standing', mayKnow = true) =>
  readStatement(opened.door, 't', id, { which, mayRead: () => true, withIdentities: () => mayKnow });

describe('the authority', () => {
  const authority = { objectType: 'Agent', account: { homePage: 'https://other.example', name: 'lrs' } };
  const authorityOf = async (scopes: readonly string[]) => {
    await accept([{ ...played, authority }], { sender: { credential: 'lms', scopes } });
    return (await read(ID))?.statement.authority;
  };

  it('is the credential, whatever the statement says', async () => {
    expect(await authorityOf(['statements/write'])).toMatchObject({ account: { name: 'lms' } });
  });

  it('is the statement’s own where the credential may name it, tokenised as every agent is', async () => {
    expect(await authorityOf(['statements/write', 'authority/write'])).toEqual(authority);
    expect(JSON.stringify(await opened.facts())).not.toContain('other.example');
  });
});

describe('a statement that is taken', () => {
  it('becomes one fact with what the door worked out, and a token for its actor', async () => {
    const accepted = await accept([played]);
    expect(accepted).toMatchObject({ ok: true, ids: [ID], results: [{ status: 'appended' }] });
    expect(await opened.facts()).toMatchObject([
      {
        id: ID,
        type: 'StatementRecorded',
        key: 't_1',
        occurredAt: '2025-10-01T08:00:00.123Z',
        data: { learner: 't_1', kind: 'video', action: 'viewed', amount: 1, credential: 'lms', xapi: '1.0.3' },
      },
    ]);
  });

  it('is read back as it was sent, with what the store sets', async () => {
    await accept([played]);
    const { logged: _logged, ...shown } = (await read(ID))!;
    expect(shown).toEqual({
      statement: {
        ...played,
        version: '1.0.0',
        stored: '2026-01-01T00:00:00.000Z',
        authority: { objectType: 'Agent', account: { homePage: 'https://pharos.dev/xapi/credentials', name: 'lms' } },
      },
      shows: ['t_1'],
    });
  });

  it('shows a token to who may not know, and is not there for another tenant', async () => {
    await accept([played]);
    const hidden = await read(ID, 'standing', false);
    expect(hidden).toMatchObject({
      statement: { actor: { account: { homePage: 'https://pharos.dev/xapi/tokens', name: 't_1' } } },
      shows: [],
    });
    const elsewhere = readStatement(opened.door, 'u', ID, { which: 'standing', mayRead: () => true, withIdentities: () => true });
    expect(await elsewhere).toBeUndefined();
  });

  it('has its answer graded before it is sealed, and opened again on reading', async () => {
    const answered = {
      ...played,
      verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
      object: {
        id: 'https://lms.example/q/1',
        definition: {
          type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
          interactionType: 'fill-in',
          correctResponsesPattern: ['Ann Lee'],
        },
      },
      result: { response: 'Ann Lee', duration: 'PT1M', score: { raw: 3, max: 4 } },
    };
    await accept([answered]);
    const [fact] = await opened.facts();
    expect(fact).toMatchObject({ data: { correct: true, durationSeconds: 60, scaled: 0.75, kind: 'practice', action: 'answered' } });
    expect(JSON.stringify(fact)).not.toContain('Ann Lee');
    expect((await read(ID))?.statement).toMatchObject({ result: { response: 'Ann Lee' } });
  });

  it('counts for as many interactions as its platform says', async () => {
    await accept([{ ...played, result: { extensions: { [AMOUNT_EXTENSION]: 12 } } }]);
    expect(await opened.facts()).toMatchObject([{ data: { amount: 12 } }]);
  });

  it('gets an id when it has none', async () => {
    const { id: _id, ...without } = played;
    const accepted = await accept([without]);
    expect(accepted).toMatchObject({ ok: true, ids: [expect.stringMatching(/^[0-9a-f-]{36}$/)] });
  });
});

describe('a statement that is sent again', () => {
  it('is known, whichever zone and verb display it comes with, and adds nothing', async () => {
    await accept([played]);
    const again = { ...played, verb: { id: played.verb.id }, timestamp: '2025-10-01T08:00:00.123456Z', stored: '2020-01-01T00:00:00Z' };
    expect(await accept([again])).toMatchObject({ ok: true, results: [{ status: 'known' }] });
    expect(await opened.facts()).toHaveLength(1);
  });

  it('is refused with other content, and so is everything that came with it', async () => {
    await accept([played]);
    const changed = { ...played, object: { id: 'https://lms.example/videos/8' } };
    expect(await accept([{ ...played, id: OTHER }, changed])).toMatchObject({
      ok: false,
      refused: { step: 'claim', status: 409, errors: [{ path: '[1].id' }], statements: [1] },
    });
    expect(await opened.facts()).toHaveLength(1);
  });
});

describe('a statement that takes another back', () => {
  it.each([
    ['after it', [played, voiding]],
    ['before it', [voiding, played]],
  ])('hides it when it comes %s', async (_, order) => {
    for (const statement of order) expect(await accept([statement])).toMatchObject({ ok: true });
    expect(await read(ID)).toBeUndefined();
    expect((await read(ID, 'voided'))?.statement.id).toBe(ID);
    const voids = (await opened.facts()).filter(({ type }) => type === 'StatementVoided');
    expect(voids).toMatchObject([{ data: { target: ID, voider: OTHER } }]);
  });

  it('cannot be taken back itself', async () => {
    const second = { ...voiding, id: '0a000000-0000-4000-8000-000000000003', object: { objectType: 'StatementRef', id: OTHER } };
    await accept([voiding, second]);
    expect((await read(OTHER))?.statement.id).toBe(OTHER);
  });
});

describe('what the door refuses', () => {
  it('names the place in each statement that is to blame, and takes none of the batch', async () => {
    const refused = await accept([played, { ...played, id: OTHER, verb: {} }, 7]);
    expect(refused).toMatchObject({ ok: false, refused: { step: 'validate', status: 400, statements: [1, 2] } });
    expect(refused.ok ? [] : refused.refused.errors.map(({ path }) => path)).toEqual(['[1].verb.id', '[2]']);
    expect(await opened.facts()).toEqual([]);
  });

  it('is history without the scope for it', async () => {
    const knownAt = ['2025-10-01T00:00:00.000Z'];
    expect(await accept([played], { knownAt })).toMatchObject({ ok: false, refused: { step: 'authorise', status: 403 } });
    expect(await accept([played], { knownAt, sender: importer })).toMatchObject({ ok: true });
    expect(await opened.facts()).toMatchObject([{ knownAt: knownAt[0] }]);
  });

  it.each([
    ['disk-full', 507],
    ['closed', 503],
  ] as const)('is everything while the log is %s', async (code, status) => {
    const { log, ...options } = opened.door;
    const broken = Object.assign(Object.create(log) as typeof log, {
      appendClaimed: () => Promise.reject(new LogUnavailable(code, 'no room')),
    });
    const door = createDoor({ ...options, log: broken });
    const refused = await door.acceptStatements({ tenant: 't', sender: platform, version: '1.0.3', statements: [played] });
    expect(refused).toMatchObject({ ok: false, refused: { step: 'append', status } });
  });
});

describe('an open answer to an item of the catalogue', () => {
  const keys: Readonly<Record<string, ItemKey>> = {
    'https://items/speed': { kind: 'number', value: 9.81, unit: 'm/s^2', tolerance: 0.01 },
    'https://items/terms': { kind: 'algebra', expression: '2x+2' },
    'https://items/capital': { kind: 'text', accept: ['Vienna'] },
  };
  const asked: string[][] = [];
  const answered = (n: number, item: string, response: string, more: object = {}, definition: object = {}) => ({
    ...played, id: `0a000000-0000-4000-8000-0000000001${n}0`, verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
    object: { id: item, definition: { type: 'http://adlnet.gov/expapi/activities/cmi.interaction', interactionType: 'other', ...definition } },
    result: { response, ...more },
  }); // prettier-ignore

  it('is graded by its key before it is sealed; what is not sure has no verdict; what states one, or a pattern, is left to it', async () => {
    const door = createDoor({
      ...opened.door,
      markAnswers: (tenant, answers) => {
        asked.push([tenant, ...answers.map(({ item }) => item)]);
        return Promise.resolve(
          answers.map(({ item, response }) => {
            const key = keys[item];
            return key === undefined ? undefined : markByKey(key, response);
          }),
        );
      },
    });
    const statements = [
      answered(1, 'https://items/speed', '9,81 m/s²'),
      answered(2, 'https://items/terms', '2(x+1)'),
      answered(3, 'https://items/terms', '3x'),
      answered(4, 'https://items/capital', 'what Ann Lee said'),
      answered(5, 'https://items/capital', 'Berlin', { success: true }),
      answered(6, 'https://items/capital', 'Graz', {}, { interactionType: 'fill-in', correctResponsesPattern: ['Graz'] }),
      answered(7, 'https://items/unknown', 'whatever'),
    ];
    expect(await door.acceptStatements({ tenant: 't', sender: platform, version: '1.0.3', statements })).toMatchObject({ ok: true });
    expect(asked).toEqual([
      ['t', 'https://items/speed', 'https://items/terms', 'https://items/terms', 'https://items/capital', 'https://items/unknown'],
    ]);
    const facts = (await opened.facts()) as readonly { data: { correct?: boolean; credit?: number; ungraded?: string } }[];
    expect(facts.map(({ data }) => data.correct ?? data.ungraded)).toEqual([
      true, true, false, 'free-text', true, true, 'no correct response is stated',
    ]); // prettier-ignore
    expect(facts[0]!.data.credit).toBe(1);
    expect(JSON.stringify(facts)).not.toContain('Ann Lee');
    await door.acceptStatements({ tenant: 't', sender: platform, version: '1.0.3', statements: [played] });
    expect(asked).toHaveLength(1);
  });
});
