import { type Feedback, type PracticeItem } from '@pharos/contract';
import { HINTS_EXTENSION } from '@pharos/xapi';

export interface AnsweredItem {
  readonly id: string;
  /** Address of the learner, `mailto:` and all: how the roster knows them. */
  readonly mbox: string;
  readonly item: PracticeItem;
  readonly response: string;
  readonly feedback: Pick<Feedback, 'verdict' | 'share'>;
  readonly seconds: number;
  readonly hints: number;
  readonly at: string;
}

/** One answer of the practice place as the xAPI statement that any platform would send. An answer without a verdict states no success. */
export function practiceStatement({ id, mbox, item, response, feedback, seconds, hints, at }: AnsweredItem): Readonly<Record<string, unknown>> {
  const { verdict, share } = feedback;
  return {
    id,
    actor: { objectType: 'Agent', mbox },
    verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'answered' } },
    object: {
      objectType: 'Activity',
      id: item.item,
      definition: { type: 'http://adlnet.gov/expapi/activities/cmi.interaction', name: item.question, ...interactionOf(item) },
    },
    result: {
      response,
      ...(share === null ? {} : { success: verdict === 'right', score: { scaled: share } }),
      duration: `PT${seconds.toFixed(1)}S`,
      extensions: { [HINTS_EXTENSION]: hints },
    },
    timestamp: at,
  };
} // prettier-ignore

function interactionOf({ key, choices }: PracticeItem): Readonly<Record<string, unknown>> {
  switch (key.kind) {
    case 'choice':
      return {
        interactionType: 'choice',
        correctResponsesPattern: [key.right],
        ...(choices === undefined ? {} : { choices: choices.map(({ id, text }) => ({ id, description: { en: text } })) }),
      };
    case 'number':
      return { interactionType: 'numeric', correctResponsesPattern: [String(key.value)] };
    case 'text':
      return { interactionType: 'fill-in', correctResponsesPattern: key.accept };
    case 'interaction':
      return { interactionType: key.type, correctResponsesPattern: key.patterns };
    case 'algebra':
      return { interactionType: 'other' };
  }
}
