import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queryClient } from './api.js';
import { useReader } from './reader.js';

/** Asked often enough that the end is seen at once, and never again after it. */
const LOOK_MS = 2_000;

const isOfServer = (key: unknown) => key === 'session' || key === 'health';

/** Says that figures still grow, how far they are, and shows the grown ones. Nothing where all is there. */
export function Preparing() {
  const { t } = useTranslation();
  const { formats } = useReader();
  const { data } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => client.operations.health(undefined, { signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => (state.data?.preparing ? LOOK_MS : false),
  });
  const preparing = data?.preparing ?? null;
  const stage = preparing && `${preparing.step} ${preparing.done}`;
  const shown = useRef(stage);
  useEffect(() => {
    if (shown.current === stage) return;
    shown.current = stage;
    // What is on the screen was asked for at the stage before.
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => !isOfServer(queryKey[0]) });
  }, [stage]);
  if (!preparing) return null;
  const { step, done, of } = preparing;
  return (
    <p className="preparing" role="status">
      {t(`preparing.${step}`, { done: formats.number(done), of: formats.number(of) })}
      <progress max={of} value={done} aria-hidden="true" />
    </p>
  );
}
