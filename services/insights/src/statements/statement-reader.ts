/** A statement as a reader of the record store gets it. */
export interface StatementRead {
  /** With people put back and sealed text opened where that was asked for; else with tokens and placeholders. */
  readonly statement: unknown;
  /** Tokens of the people whom it shows: to be recorded as read. Empty where none were put back. */
  readonly shows: readonly string[];
}

/** Statements as the door reads them, handed in by the composition: only the door can put people back and open what was sealed. */
export interface StatementReader {
  /** Undefined where there is none, standing or taken back. */
  read(tenant: string, id: string, withIdentities: boolean): Promise<StatementRead | undefined>;
}
