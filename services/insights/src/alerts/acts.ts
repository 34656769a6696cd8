import { type actions } from '@pharos/contract';
import { type AlertAct } from '@pharos/registry';
import { type z } from 'zod';

type Body<Name extends keyof typeof actions> = z.output<(typeof actions)[Name]>;

/** What comes with an act besides its body: the note, sealed; who acts, as a person; an id for the logged action. */
export interface ActContext {
  readonly sealedNote: string | null;
  readonly self: string;
  readonly actionId: string;
}

/** The acts that people can do, each made of its request's body. Notes come in sealed, never as they were written. */
export const acts = {
  acknowledge: (): AlertAct => ({ do: 'acknowledge' }),
  assign: (body: Body<'assign'>): AlertAct => ({ do: 'assign', to: body.to }),
  intervene: (body: Body<'intervene'>, { sealedNote, self, actionId }: ActContext): AlertAct => ({
    do: 'logIntervention',
    action: actionId,
    intervention: body.intervention,
    owner: body.owner ?? self,
    followUpOn: body.followUpOn,
    note: sealedNote,
  }),
  snooze: (body: Body<'snooze'>): AlertAct => ({ do: 'snooze', until: new Date(body.until).toISOString() }),
  override: (body: Body<'override'>, { sealedNote }: ActContext): AlertAct => ({ do: 'override', reason: body.reason, note: sealedNote }),
  contest: (body: Body<'contest'>, { sealedNote }: ActContext): AlertAct => ({ do: 'contest', reason: body.reason, note: sealedNote }),
  resolve: (body: Body<'resolve'>, { sealedNote }: ActContext): AlertAct => ({ do: 'resolve', code: body.code, note: sealedNote }),
  reopen: (body: Body<'reopen'>): AlertAct => ({ do: 'reopen', reason: body.reason }),
  note: ({ sealedNote, actionId }: ActContext): AlertAct => {
    if (sealedNote === null) throw new TypeError('a note without text');
    return { do: 'note', action: actionId, note: sealedNote };
  },
  withdraw: (body: Body<'withdraw'>): AlertAct => ({ do: 'withdraw', action: body.action }),
};
