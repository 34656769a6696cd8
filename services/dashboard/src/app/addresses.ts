import { type Level, levels } from '@pharos/contract';

type Search = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => {
  const said = typeof value === 'number' ? String(value) : value;
  return typeof said === 'string' && said.trim() !== '' && said.length <= 200 ? said : undefined;
};

/** Addresses of verbs and activities are longer than what people type. */
const address = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 2_000 ? value : undefined;

const moment = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 40 && !Number.isNaN(Date.parse(value)) ? value : undefined;

const oneOf = <Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined => allowed.find((one) => one === value);

/** Keeps what is set, so that an address holds nothing that says nothing. */
function set<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>;
  };
}

const isDay = (value: string | undefined): string | undefined =>
  value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

/** What an address says about the overview. What it does not know is left out, never an error: links grow old. */
export const readOverview = (search: Search) =>
  set({
    term: text(search.term),
    school: text(search.school),
    course: text(search.course),
    by: oneOf<Level>(search.by, levels),
    asOf: isDay(text(search.asOf)),
    sort: text(search.sort),
  });
export type OverviewSearch = ReturnType<typeof readOverview>;

export const shows = ['active', 'overdue', 'snoozed', 'closed', 'all'] as const;
export const ranks = ['probability', 'due', 'raised'] as const;

export const readCaseload = (search: Search) =>
  set({
    search: text(search.search),
    show: oneOf(search.show, shows),
    school: text(search.school),
    class: text(search.class),
    reason: text(search.reason),
    rank: oneOf(search.rank, ranks),
    counselor: text(search.counselor),
  });
export type CaseloadSearch = ReturnType<typeof readCaseload>;

export const readLearners = (search: Search) => set({ search: text(search.search), class: text(search.class) });

export const readClass = (search: Search) => set({ class: text(search.class), subject: text(search.subject) });

export const readPlan = (search: Search) => set({ week: isDay(text(search.week)) });

export const readLearner = (search: Search) => set({ class: text(search.class) });

export const readModels = (search: Search) => set({ model: text(search.model), attribute: text(search.attribute) });

export const readPlatforms = (search: Search) =>
  set({
    platform: text(search.platform),
    verb: address(search.verb),
    activity: address(search.activity),
    since: moment(search.since),
    statement: text(search.statement),
  });
