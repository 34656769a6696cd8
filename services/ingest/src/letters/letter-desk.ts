import { type Registry } from '@pharos/registry';
import { type DeadLetter, deadLettersByIds, type Warehouse } from '@pharos/warehouse';
import { type StatementError, type XapiVersion } from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { DOOR_SOURCE } from '../door/lenient.js';
import { parseJson } from '../http/json-body.js';
import { versionSaid } from '../imports/import-xapi.js';

/** A dead letter with what it holds. */
export interface OpenLetter {
  readonly letter: DeadLetter;
  /** The bytes as they came; may name people. */
  readonly text: string;
  /** Whether it can be sent through the door again. */
  readonly resendable: boolean;
}

export type Resent =
  | { readonly letter: string; readonly ok: true; readonly statements: readonly string[] }
  | { readonly letter: string; readonly ok: false; readonly reason: string; readonly errors: readonly StatementError[] };

export interface Resend {
  readonly letter: string;
  /** The statement as somebody repaired it, as JSON; the letter's own where left out. */
  readonly repaired?: string;
}

export interface LetterDeskOptions {
  readonly door: Door;
  readonly registry: Pick<Registry, 'tenant'>;
  readonly warehouse: Pick<Warehouse, 'tenant'>;
}

/** Imports of this machine; what they could not take is sent again in their name. */
const IMPORT_CREDENTIAL = 'import';

/** Opens dead letters, and sends their statements through the door again: as they were, or repaired. */
export class LetterDesk {
  constructor(private readonly options: LetterDeskOptions) {}

  /** The letters with what they hold; those that there are not are left out. The caller records the reading. */
  async open(tenant: string, ids: readonly string[]): Promise<readonly OpenLetter[]> {
    const { door, warehouse } = this.options;
    const letters = await warehouse.tenant(tenant).ask(deadLettersByIds(ids));
    return Promise.all(
      letters.map(async (letter) => ({
        letter,
        text: letter.sealed ? await door.vault.unsealForTenant(tenant, letter.bytes) : letter.bytes,
        resendable: holdsStatement(letter),
      })),
    );
  }

  /**
   * Sends letters again, each for itself, and notes those that were taken as settled. A letter that was settled before is
   * not sent again; a statement that the log has already is answered as taken, so doing it twice changes nothing.
   */
  async resend(tenant: string, by: string, asked: readonly Resend[]): Promise<readonly Resent[]> {
    const ids = asked.map(({ letter }) => letter);
    const settled = await this.options.registry.tenant(tenant).settledLetters.among(ids);
    const opened = new Map((await this.open(tenant, ids)).map((one) => [one.letter.id, one]));
    const resent: Resent[] = [];
    for (const { letter, repaired } of asked) {
      const one = opened.get(letter);
      if (!one) resent.push(refused(letter, 'There is no such letter.'));
      else if (settled.has(letter)) resent.push(refused(letter, 'The letter was settled before.'));
      else if (!one.resendable) resent.push(refused(letter, 'It holds no statement: settle its cause and rebuild, or dismiss it.'));
      else resent.push(await this.send(tenant, by, one, repaired));
    }
    return resent;
  }

  /** Puts letters away for good. @returns how many were not settled before */
  async dismiss(tenant: string, by: string, letters: readonly string[]): Promise<number> {
    const known = await this.open(tenant, letters);
    const { settledLetters } = this.options.registry.tenant(tenant);
    const done = await Promise.all(
      known.map(({ letter }) => settledLetters.settle({ letter: letter.id, how: 'dismissed', by, statements: [] })),
    );
    return done.filter(Boolean).length;
  }

  private async send(tenant: string, by: string, { letter, text }: OpenLetter, repaired: string | undefined): Promise<Resent> {
    const parsed = parseJson(Buffer.from(repaired ?? text));
    if (!parsed.ok) return refused(letter.id, parsed.reason);
    const { credential, version } = senderOf(letter, parsed.value);
    // Whoever may settle letters of the tenant answers for what is sent again, whatever the credential may by now.
    const sender = { credential, scopes: ['statements/write', 'define'] };
    const exactNumbers = new Map(parsed.numbers.length > 0 ? [[parsed.value, parsed.numbers]] : []);
    const batch = { tenant, sender, version, statements: [parsed.value], exactNumbers, alone: true };
    const accepted = await this.options.door.acceptStatements(batch);
    if (!accepted.ok) return { letter: letter.id, ok: false, reason: accepted.refused.detail, errors: accepted.refused.errors };
    const how = repaired === undefined ? 'replayed' : 'repaired';
    const statements = accepted.ids;
    await this.options.registry.tenant(tenant).settledLetters.settle({ letter: letter.id, how, by, statements });
    return { letter: letter.id, ok: true, statements };
  }
}

const refused = (letter: string, reason: string): Resent => ({ letter, ok: false, reason, errors: [] });

/** Statements came over HTTP or from a file; what a fold refused is a fact that the log has already. */
const holdsStatement = ({ source, sealed }: DeadLetter): boolean => sealed && (source === DOOR_SOURCE || source === 'import xapi');

function senderOf({ source, place }: DeadLetter, statement: unknown): { readonly credential: string; readonly version: XapiVersion } {
  if (source !== DOOR_SOURCE) return { credential: IMPORT_CREDENTIAL, version: versionSaid(statement) ?? '1.0.3' };
  const at = place.lastIndexOf('@');
  return { credential: place.slice(0, at), version: place.slice(at + 1) === '2.0.0' ? '2.0.0' : '1.0.3' };
}
