import { useQuery } from '@tanstack/react-query';
import { client } from '../app/api.js';
import { type OpenConcern, openConcerns } from './open-concerns.js';

/** So many of each are read: an observation is one a model and class that ended, a decision one a week and model. */
const limit = 50;
/** They come about once a week. */
const freshMs = 600_000;

/** Concerns about models that nobody has answered; none while they are not known. @param enabled whether to ask at all */
export function useConcerns(enabled = true): readonly OpenConcern[] {
  const observations = useQuery({
    queryKey: ['gate', 'observations', limit],
    queryFn: ({ signal }) => client.gate.observations({ query: { limit } }, { signal }),
    enabled,
    staleTime: freshMs,
  });
  const decisions = useQuery({
    queryKey: ['gate', 'decisions', limit],
    queryFn: ({ signal }) => client.gate.decisions({ query: { limit } }, { signal }),
    enabled,
    staleTime: freshMs,
  });
  return observations.data && decisions.data ? openConcerns(observations.data.items, decisions.data.items) : [];
}
