import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { client } from '../app/api.js';
import { keep, type KeptAnswer, keptOf, sendKept } from './kept-answers.js';

/** Answers that wait on this device: the items that they are to, and a way to add one. They are sent when the place is opened and when the connection is back. */
export function useKept(learner: string | undefined) {
  const [items, setItems] = useState<readonly string[]>([]);
  const queries = useQueryClient();
  const send = useCallback(async () => {
    if (learner === undefined) return;
    try {
      const taken = await sendKept(learner, async (answers) => (await client.keptAnswers.send({ body: { answers: [...answers] } })).items);
      if (taken > 0) await queries.invalidateQueries({ queryKey: ['learner', learner] });
    } catch {
      // Still no connection, or the server is not ready: they wait, and the count says so.
    }
    setItems((await keptOf(learner)).map(({ item }) => item));
  }, [learner, queries]);
  useEffect(() => {
    const onLine = () => void send();
    onLine();
    addEventListener('online', onLine);
    return () => removeEventListener('online', onLine);
  }, [send]);
  const add = async (answer: KeptAnswer) => {
    if (learner === undefined) return;
    await keep(learner, answer);
    setItems((await keptOf(learner)).map(({ item }) => item));
  };
  return { items, add };
}
