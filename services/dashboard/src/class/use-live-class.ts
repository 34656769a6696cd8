import { PREFIX } from '@pharos/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../app/api.js';

/** What a class knows, asked again whenever the server says that somebody answered. The browser comes back by itself when the line breaks. */
export function useLiveClass(id: string) {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  const query = useQuery({
    queryKey: ['class', id],
    queryFn: ({ signal }) => client.teaching.skills({ params: { class: id } }, { signal }),
  });
  useEffect(() => {
    const events = new EventSource(`${PREFIX}/teaching/classes/${encodeURIComponent(id)}/live`);
    let answers: number | undefined;
    events.addEventListener('answers', (event) => {
      setLive(true);
      const now = (JSON.parse((event as MessageEvent<string>).data) as { answers: number }).answers;
      if (answers !== undefined && now !== answers) void queries.invalidateQueries({ queryKey: ['class', id] });
      answers = now;
    });
    events.addEventListener('error', () => setLive(false));
    return () => events.close();
  }, [id, queries]);
  return { query, live };
}
