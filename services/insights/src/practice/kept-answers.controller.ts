import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { Refusal } from '../http/refusal.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { ACCESS, type Clock, CLOCK, RECORDER, SHELF } from '../tokens.js';
import { type AnswerRecorder } from './answer-recorder.js';
import { type ContentShelf } from './content-shelf.js';
import { feedbackOn } from './grade-answer.js';
import { oneSelf } from './one-self.js';

const k = routes.keptAnswers;

type Taken = Answer<typeof k.send>['items'][number];

/** Longer than any holiday without a connection. */
const OLDEST_MS = 60 * 86_400_000;
/** A clock that goes ahead by minutes is usual on a phone. */
const AHEAD_MS = 10 * 60_000;

/** Answers that were kept without a connection and come late, as one batch. */
@Answers()
export class KeptAnswersController {
  constructor(
    @Inject(SHELF) private readonly shelf: ContentShelf,
    @Inject(ACCESS) private readonly access: LearnerAccess,
    @Inject(RECORDER) private readonly recorder: AnswerRecorder,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Each answer by itself: one that cannot be taken does not keep the others. What comes again changes nothing. */
  @Handles(k.send)
  async send(@Asked() { caller, body, state }: Call<typeof k.send>): Promise<Answer<typeof k.send>> {
    const [{ itemById }, learner] = await Promise.all([this.shelf.of(caller.tenant), oneSelf(caller, this.access)]);
    const items: Taken[] = [];
    for (const answer of [...body.answers].sort((a, b) => (a.at < b.at ? -1 : 1))) {
      const item = itemById.get(answer.item);
      const age = this.now().getTime() - Date.parse(answer.at);
      const because = item === undefined ? 'unknown-item' : age > OLDEST_MS ? 'too-old' : age < -AHEAD_MS ? 'not-yet' : null;
      if (because !== null || item === undefined) {
        items.push({ id: answer.id, kept: false, feedback: null, because });
        continue;
      }
      const feedback = feedbackOn(item, answer, answer.locale);
      try {
        await this.recorder.record(caller, learner, item, answer, feedback, state);
        items.push({ id: answer.id, kept: true, feedback, because: null });
      } catch (error) {
        // The device keeps it and sends it again; what was taken before stays taken.
        if (!(error instanceof Refusal) || error.code !== 'not-ready') throw error;
        items.push({ id: answer.id, kept: false, feedback: null, because: 'refused' });
      }
    }
    return { items };
  }
}
