import { describe, expect, it } from '@jest/globals';
import { collectActors, type ContextActivities, type Statement } from '@pharos/xapi';
import { statements } from '@pharos/xapi/testing';
import fc from 'fast-check';
import { openTestDoor, platform } from '../testing/open-door.js';
import { readStatement } from './read-statement.js';

/** What the store may not keep as sent: it sets these itself, and single context activities become lists. */
function asRead(sent: Statement): unknown {
  const { authority: _authority, stored: _stored, version: _version, timestamp: _timestamp, ...rest } = sent;
  return JSON.parse(JSON.stringify(rest), (key, value: unknown) => {
    if (key !== 'contextActivities') return value;
    return Object.fromEntries(
      Object.entries(value as ContextActivities).map(([kind, listed]) => [kind, 'id' in listed ? [listed] : listed]),
    );
  });
}

/**
 * Whatever tells people apart. Short ones stand in other words by chance, and say little; words that every object of the language has
 * (`valueOf`) are made up often, so that they also stand where no person is.
 */
function identifiersOf(statement: Statement): string[] {
  return collectActors(statement)
    .flatMap(({ sent }) => [sent.mbox?.slice('mailto:'.length), sent.mbox_sha1sum, sent.openid, sent.account?.name, sent.name])
    .filter((text) => text !== undefined)
    .filter((text) => text.length > 5 && !(text in Object.prototype));
}

/** All text values: keys are words of the specification, which made-up names may repeat ("length"). */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe.each(['1.0.3', '2.0.0'] as const)('any valid statement of %s', (version) => {
  it('comes out as it went in, and leaves no identifier of its people in the log', async () => {
    const opened = await openTestDoor();
    let tenant = 0;
    const property = fc.asyncProperty(statements(version), async (statement) => {
      // Ids may come twice among examples; a tenant of its own keeps each example to itself.
      const name = `t${(tenant += 1)}`;
      const sent = JSON.parse(JSON.stringify(statement)) as Statement;
      const accepted = await opened.door.acceptStatements({ tenant: name, sender: platform, version, statements: [sent] });
      if (!accepted.ok) throw new Error(JSON.stringify(accepted.refused));
      const id = accepted.ids[0]!;
      const { position } = accepted.results[0]!;
      const [logged] = await opened.log.read(position.topic, position.partition, position.offset, { maxFacts: 1 });
      const said = textsOf(logged!.stored).join('\n');
      for (const identifier of identifiersOf(sent)) expect(said).not.toContain(identifier);
      const rights = { mayRead: () => true, withIdentities: () => true };
      const read =
        (await readStatement(opened.door, name, id, { ...rights, which: 'standing' })) ??
        (await readStatement(opened.door, name, id, { ...rights, which: 'voided' }));
      expect(asRead(JSON.parse(JSON.stringify(read!.statement)) as Statement)).toEqual(asRead({ ...sent, id }));
    });
    try {
      await fc.assert(property, { numRuns: 60, endOnFailure: true });
    } finally {
      await opened.dispose();
    }
  });
});
