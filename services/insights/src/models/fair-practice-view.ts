import { type FairPractice, type GroupPractice, type LocalText } from '@pharos/contract';
import { discloseGroups } from '@pharos/fairness';

interface Gap {
  readonly gap: number;
  readonly low: number;
  readonly high: number;
  readonly steered: boolean;
}

/** What the job keeps in the fact's report. */
export interface PracticeReport {
  readonly attribute: string;
  readonly groups: readonly {
    readonly group: string;
    readonly reference: string;
    readonly learners: number;
    readonly compared: number;
    readonly items: readonly { readonly item: string; readonly delta: number | null; readonly verdict: string }[];
    readonly offered: { readonly ease: Gap | null; readonly fresh: Gap | null };
  }[];
}

/**
 * Fair practice as it may be shown: groups under the tenant's minimum of today are withheld, and where that is one alone, the smallest
 * other one with it. Numbers of people are told down to tens.
 *
 * @param questionOf an item's question; undefined where it is in the catalogue no more
 */
export function fairPracticeView(
  { asOf, report }: { readonly asOf: string; readonly report: unknown },
  minimum: number,
  questionOf: (item: string) => LocalText | undefined,
): FairPractice {
  const shown = ({ group, reference, learners, compared, items, offered }: PracticeReport['groups'][number]): GroupPractice => ({
    group, reference, withheld: false, learners: learners - (learners % 10), compared,
    items: items.map(({ item, delta, verdict }) => ({
      item, question: questionOf(item) ?? null, asks: delta! < 0 ? 'more' : 'less', size: verdict === 'C' ? 'large' : 'moderate', delta: delta!,
    })),
    ease: offered.ease, fresh: offered.fresh,
  }); // prettier-ignore
  const hide = ({ group, reference }: PracticeReport['groups'][number]): GroupPractice => ({
    group, reference, withheld: true, learners: null, compared: null, items: [], ease: null, fresh: null,
  }); // prettier-ignore
  const attributes = (report as readonly PracticeReport[]).map(({ attribute, groups }) => {
    const may = new Set(discloseGroups(groups, { minimum, countOf: ({ learners }) => learners, parts: () => [], hide: () => null }).filter((one) => one !== null));
    return { attribute, groups: groups.map((one) => (may.has(one) ? shown(one) : hide(one))) };
  }); // prettier-ignore
  return { asOf, minimum, attributes };
}
