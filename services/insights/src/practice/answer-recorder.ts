import { type Feedback, type PracticeItem } from '@pharos/contract';
import { type Vault } from '@pharos/vault';
import { type Caller, type RequestState } from '../http/caller.js';
import { Refusal } from '../http/refusal.js';
import { type QueueDesk } from '../learning/queue-desk.js';
import { practiceStatement } from './practice-statement.js';
import { type SendStatement } from './send-statement.js';

export interface HeardAnswer {
  /** Of the statement: sent again under it, the answer is the same one. */
  readonly id: string;
  readonly at: string;
  readonly response: string;
  readonly seconds: number;
  readonly hints: number;
}

/** Sends what was answered here through the door that every platform uses, and what could not be graded surely to a teacher. */
export class AnswerRecorder {
  constructor(
    private readonly vault: Vault,
    private readonly send: SendStatement | null,
    private readonly queue: QueueDesk,
  ) {}

  /** @throws Refusal not-possible where the installation or the roster does not allow it; not-ready when the door could not take it */
  async record(
    caller: Caller,
    learner: string,
    item: PracticeItem,
    { id, at, response, seconds, hints }: HeardAnswer,
    feedback: Pick<Feedback, 'verdict' | 'share'>,
    state: RequestState,
  ): Promise<void> {
    if (this.send === null) throw new Refusal('not-possible', { detail: 'This installation has no practice place of its own.' });
    state.identitiesRead.add(learner);
    const email = (await this.vault.people(caller.tenant, [learner])).get(learner)?.email;
    if (email === undefined || email === null)
      throw new Refusal('not-possible', { detail: 'The roster knows no address of yours, so answers cannot be sent.' });
    const statement = practiceStatement({ id, mbox: `mailto:${email}`, item, response, feedback, seconds, hints, at });
    if (!(await this.send(caller.tenant, statement)))
      throw new Refusal('not-ready', { detail: 'The answer could not be kept. Please send it again.' });
    if (feedback.verdict === 'unsure') await this.queue.add(caller, learner, item, response, id);
  }
}
