import fc from 'fast-check';
import { type Actor, type Agent, type Group, type Identifiers } from '../statement.js';
import { iris } from './values.js';

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const emails = fc.tuple(fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}$/), fc.domain()).map(([local, domain]) => `mailto:${local}@${domain}`);

export const identifiers: fc.Arbitrary<Identifiers> = fc.oneof(
  fc.record({ mbox: emails }),
  fc.record({ mbox_sha1sum: hex(40) }),
  fc.record({ openid: fc.webUrl() }),
  fc.record({ account: fc.record({ homePage: iris, name: fc.string({ minLength: 1, maxLength: 20 }) }) }),
);

const names = fc.option(fc.record({ name: fc.string({ maxLength: 20 }) }), { nil: {} });

export const agents: fc.Arbitrary<Agent> = fc
  .tuple(fc.constantFrom({}, { objectType: 'Agent' as const }), names, identifiers)
  .map(([type, name, identifier]) => ({ ...type, ...name, ...identifier }));

const members = (minLength: number) => fc.array(agents, { minLength, maxLength: 3 }).map((member) => ({ member }));
const group = { objectType: 'Group' as const };

export const anonymousGroups: fc.Arbitrary<Group> = fc.tuple(names, members(1)).map(([name, member]) => ({ ...group, ...name, ...member }));

export const identifiedGroups: fc.Arbitrary<Group> = fc
  .tuple(names, identifiers, fc.option(members(0), { nil: {} }))
  .map(([name, identifier, member]) => ({ ...group, ...name, ...identifier, ...member }));

export const groups: fc.Arbitrary<Group> = fc.oneof(anonymousGroups, identifiedGroups);

export const actors: fc.Arbitrary<Actor> = fc.oneof({ weight: 3, arbitrary: agents }, groups);

/** An application and its user, or one agent (part two, 2.4.9). */
export const authorities: fc.Arbitrary<Actor> = fc.oneof(
  agents,
  fc.tuple(agents, agents).map((member): Group => ({ ...group, member })),
);
