import { beforeAll, describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { createDistrict } from '../../dev/district.js';
import { type Caseload } from '@pharos/contract';
import { en } from '../i18n/en.js';
import { conflictInWords } from './acting.js';
import { belongs, foretell } from './foretell.js';
import { inDays, suggestedFirst } from './next-steps.js';
import { changeAlert, rowsOf } from './pages.js';

const now = new Date('2026-03-10T10:00:00Z');
const caseload = createDistrict(now)({ method: 'GET', url: '/api/caseload', body: '', role: 'counselor' }).body as Caseload;
const [first, second] = caseload.items;
const me = { token: 'me', name: 'Me' };
const at = now.toISOString();

describe('acting on a caseload', () => {
  beforeAll(() => i18next.init({ lng: 'en', defaultNS: 'page', keySeparator: false, nsSeparator: false, resources: { en: { page: en } } }));
  it('is foretold as the server will say it', () => {
    const seen = foretell(first!, { do: 'acknowledge' }, me, at);
    expect(seen.status).toBe('acknowledged');
    expect(belongs(seen, 'active')).toBe(true);
    const logged = foretell(first!, { do: 'intervene', intervention: 'call-home', title: 'Call home', followUpOn: null }, me, at);
    expect(logged.lastContact).toEqual({ at, by: me, intervention: 'call-home', title: 'Call home', followUpOn: null });
  });
  it('takes out of sight what is put away, set aside or closed', () => {
    for (const act of [
      { do: 'snooze', until: at },
      { do: 'override', reason: 'other' },
      { do: 'resolve', code: 'helped' },
    ] as const) {
      expect(belongs(foretell(first!, act, me, at), 'active')).toBe(false);
    }
    expect(belongs(foretell(first!, { do: 'resolve', code: 'helped' }, me, at), 'closed')).toBe(true);
  });
  it('changes one alert on whatever page it stands, and no other', () => {
    const pages = {
      pages: [
        { ...caseload, items: [first!] },
        { ...caseload, items: [second!] },
      ],
      pageParams: [],
    };
    const changed = changeAlert(pages, second!.alert, (alert) => ({ ...alert, version: 99 }));
    expect(rowsOf(changed).map((row) => row.version)).toEqual([first!.version, 99]);
    expect(rowsOf(changed)[1]).toMatchObject({ rank: second!.rank, section: second!.section });
  });
  it('shows an alert once that moved between two pages', () => {
    expect(
      rowsOf({
        pages: [
          { ...caseload, items: [first!, second!] },
          { ...caseload, items: [second!] },
        ],
        pageParams: [],
      }),
    ).toHaveLength(2);
  });
  it('tells the loser of a race who was first, what they did and when', () => {
    const conflict = { what: 'AlertAcknowledged', by: { token: 'k', name: 'Kofi Osei' }, at, version: 4, status: 'acknowledged' };
    expect(conflictInWords(i18next.getFixedT('en', 'page'), 'en', conflict, () => 'at ten')).toBe(
      'Somebody was first: Kofi Osei has seen it (at ten). Nothing of yours was changed.',
    );
    const closed = { ...conflict, what: 'AlertResolved', status: 'resolved' };
    expect(conflictInWords(i18next.getFixedT('en', 'page'), 'en', closed, () => 'at ten')).toBe(
      'Kofi Osei was first (at ten). The alert is now: Closed. Nothing of yours was changed.',
    );
  });
  it('offers what is suggested first, then the rest that is in force', () => {
    const step = (id: string, title: string, active = true) => ({ id, title: { en: title, es: `${title} (es)` }, answers: [], followUpDays: 7, active });
    const steps = suggestedFirst([{ intervention: 'b', title: 'B', because: [] }], [step('c', 'C'), step('b', 'B'), step('a', 'A'), step('z', 'Z', false)], 'es');
    expect(steps.map(({ id, title, suggested }) => [id, title, suggested])).toEqual([['b', 'B', true], ['a', 'A (es)', false], ['c', 'C (es)', false]]);
    expect(inDays(new Date('2026-01-30T23:00:00Z'), 3)).toBe('2026-02-02');
  }); // prettier-ignore
});
