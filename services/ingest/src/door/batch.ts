import { type SentPart } from '../attachments/read-multipart.js';
import { type ExactNumber } from '../json/exact-numbers.js';
import { type ClaimResult } from '@pharos/event-log';
import { type StatementError, type XapiVersion } from '@pharos/xapi';

/** Who sends: the id of a credential and what it may do. */
export interface Sender {
  readonly credential: string;
  readonly scopes: readonly string[];
}

export interface StatementBatch {
  readonly tenant: string;
  readonly sender: Sender;
  readonly version: XapiVersion;
  /** What JSON.parse gave, unchecked. */
  readonly statements: readonly unknown[];
  /** A statement that was sent by itself, not in an array: paths of errors have no index then. */
  readonly alone?: boolean;
  /** Raw contents of attachments that came with it. Checked and kept before anything is appended. */
  readonly parts?: readonly SentPart[];
  /** For imports, which bring the contents that there are: those of other attachments stayed where they were. */
  readonly partsMayLack?: boolean;
  /** Numbers of statements that a double does not hold, by the statement as parsed; places are within it. */
  readonly exactNumbers?: ReadonlyMap<unknown, readonly ExactNumber[]>;
  /** Since when each statement could have been used, for imports of history. Needs the scope `history/write`. */
  readonly knownAt?: readonly string[];
}

/** Named after the step that refused. */
export type RefusedBy = 'authorise' | 'validate' | 'claim' | 'append';

/** Why nothing of a batch was taken. */
export interface Refusal {
  readonly step: RefusedBy;
  /** HTTP's word for it. */
  readonly status: 400 | 403 | 409 | 503 | 507;
  readonly detail: string;
  readonly errors: readonly StatementError[];
  /** Indexes of the statements that are to blame; empty where none is. */
  readonly statements: readonly number[];
}

export interface Taken {
  readonly ok: true;
  /** Ids in the order sent, made where missing. */
  readonly ids: readonly string[];
  /** `known`: equal content had been recorded before. */
  readonly results: readonly ClaimResult[];
}

export type Accepted = Taken | { readonly ok: false; readonly refused: Refusal };
