/** An identifier that somebody has, and the person behind it now. */
export interface KnownIdentifier {
  readonly blind: string;
  /** The token that it had first. */
  readonly token: string;
  readonly canonical: string;
  /** A link of `token` was taken back: a roster does not link it again. */
  readonly separate: boolean;
}

/** A person that is known, by canonical token. */
export interface KnownPerson {
  readonly token: string;
  /** Blind index of the roster's id. */
  readonly sourced: string | null;
  readonly rostered: boolean;
  /** Milliseconds; older ones are preferred. */
  readonly madeAt: number;
}

/** A roster's person: blind indexes instead of identifiers, with a word for their kind (`mailto`, `sourced`, ...). */
export interface PlannedPerson {
  readonly identifiers: readonly { readonly blind: string; readonly kind: string }[];
}

export interface RosterPlan {
  /** Canonical token of each person, in their order. */
  readonly tokens: readonly string[];
  readonly made: readonly string[];
  /** `from` stands for the same person as `to` from now on. */
  readonly moves: readonly { readonly from: string; readonly to: string; readonly because: string }[];
  /** Identifiers that nobody had, by blind index. */
  readonly given: ReadonlyMap<string, string>;
}

/**
 * Who is who after a roster. Pure.
 *
 * People are the same when they share an identifier, with two exceptions: two different sourced ids are two people,
 * whatever mailbox they share (siblings, a family's address), and a link that somebody took back is not made again.
 * The person with the sourced id is kept, else one that a roster knows, else the oldest.
 *
 * @param newToken called for each person that nobody knew
 */
export function planRoster(
  people: readonly PlannedPerson[],
  identifiers: readonly KnownIdentifier[],
  persons: readonly KnownPerson[],
  newToken: () => string,
): RosterPlan {
  const owner = new Map(identifiers.map((one) => [one.blind, one]));
  const known = new Map(persons.map((one) => [one.token, one]));
  const movedTo = new Map<string, { readonly to: string; readonly because: string }>();
  const made: string[] = [];
  const given = new Map<string, string>();
  const current = (token: string): string => {
    let at = token;
    for (let moved = movedTo.get(at); moved; moved = movedTo.get(at)) at = moved.to;
    return at;
  };

  const place = ({ identifiers: own }: PlannedPerson): string => {
    const sourced = own.find(({ kind }) => kind === 'sourced')?.blind ?? null;
    const candidates = new Map<string, { readonly person: KnownPerson; readonly because: string }>();
    for (const { blind, kind } of own) {
      const found = owner.get(blind);
      if (!found) continue;
      const person = known.get(current(found.canonical))!;
      const someoneElse = person.sourced !== null && sourced !== null && person.sourced !== sourced;
      const keptApart = found.separate && blind !== sourced;
      if (!someoneElse && !keptApart && !candidates.has(person.token)) candidates.set(person.token, { person, because: kind });
    }
    const [kept, ...others] = [...candidates.values()].sort(
      (a, b) =>
        rank(a.person, sourced) - rank(b.person, sourced) ||
        a.person.madeAt - b.person.madeAt ||
        (a.person.token < b.person.token ? -1 : 1),
    );
    const token = kept?.person.token ?? newToken();
    if (!kept) made.push(token);
    for (const { person, because } of others)
      movedTo.set(person.token, { to: token, because: because === 'sourced' ? kept!.because : because });
    known.set(token, { token, sourced: sourced ?? kept?.person.sourced ?? null, rostered: true, madeAt: kept?.person.madeAt ?? Infinity });
    for (const { blind } of own) {
      if (owner.has(blind)) continue;
      given.set(blind, token);
      owner.set(blind, { blind, token, canonical: token, separate: false });
    }
    return token;
  };

  const placed = people.map(place);
  return {
    tokens: placed.map(current),
    made,
    moves: [...movedTo].map(([from, { because }]) => ({ from, to: current(from), because })),
    given,
  };
}

function rank(person: KnownPerson, sourced: string | null): number {
  if (sourced !== null && person.sourced === sourced) return 0;
  if (person.sourced !== null) return 1;
  return person.rostered ? 2 : 3;
}
