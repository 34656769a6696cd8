import { useQuery } from '@tanstack/react-query';
import { client } from '../app/api.js';

export const weekKey = (learner: string, week: string | undefined): readonly string[] => ['learner', learner, 'plan', week ?? ''];

/** A learner's week, the present one where none is named: what is planned and what is due, for every place that tells of it. */
export function useWeek(learner: string, week?: string) {
  return useQuery({
    queryKey: weekKey(learner, week),
    queryFn: ({ signal }) => client.plans.week({ params: { learner }, query: week === undefined ? {} : { week } }, { signal }),
  });
}
