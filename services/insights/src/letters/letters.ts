import { type DeadLetter } from '@pharos/warehouse';

export interface LetterOpened {
  readonly letter: DeadLetter;
  readonly text: string;
  readonly resendable: boolean;
}

export type LetterResent =
  | { readonly letter: string; readonly ok: true; readonly statements: readonly string[] }
  | {
      readonly letter: string;
      readonly ok: false;
      readonly reason: string;
      readonly errors: readonly { readonly path: string; readonly message: string }[];
    };

/** Dead letters as the door knows them, handed in by the composition: only the door can open them and take them again. */
export interface Letters {
  open(tenant: string, ids: readonly string[]): Promise<readonly LetterOpened[]>;
  resend(
    tenant: string,
    by: string,
    letters: readonly { readonly letter: string; readonly repaired?: string }[],
  ): Promise<readonly LetterResent[]>;
  dismiss(tenant: string, by: string, letters: readonly string[]): Promise<number>;
}
