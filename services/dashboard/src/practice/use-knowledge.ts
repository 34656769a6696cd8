import { useQuery } from '@tanstack/react-query';
import { client } from '../app/api.js';

const LOOK_EVERY_MS = 500;
const LOOK_FOR_MS = 10_000;

/** What a learner knows; looked at again and again after an answer, until the tables hold what was answered. */
export function useKnowledge(learner: string | undefined, answeredAt?: number) {
  return useQuery({
    queryKey: ['learner', learner, 'skills'],
    queryFn: ({ signal }) => client.knowledge.skills({ params: { learner: learner ?? '' } }, { signal }),
    enabled: learner !== undefined,
    refetchInterval: ({ state }) => {
      if (answeredAt === undefined || Date.now() - answeredAt > LOOK_FOR_MS) return false;
      const newest = state.data?.skills.reduce((latest, { standing }) => Math.max(latest, Date.parse(standing.lastAt ?? '') || 0), 0) ?? 0;
      // The server's clock says when; a second of difference between two clocks is usual.
      return newest >= answeredAt - 5_000 && state.dataUpdatedAt > answeredAt + LOOK_EVERY_MS ? false : LOOK_EVERY_MS;
    },
  });
}
