import { describe, expect, it } from '@jest/globals';
import { type EventLog } from '@pharos/event-log';
import { AlertPost, type AlertPostParts } from './alert-post.js';

describe('the delivery of alerts', () => {
  it('outlives a log that is away: tells of it and looks again', async () => {
    const away = (): Promise<never> => Promise.reject(new Error('the log is away'));
    const log: Partial<EventLog> = { committed: away, waitForNews: away };
    const errors: unknown[] = [];
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const running = new AlertPost({ log } as unknown as AlertPostParts).start(1, (error) => {
      errors.push((error as Error).message);
      if (errors.length === 6) resolve();
    });
    await enough;
    await running.stop();
    expect(new Set(errors)).toEqual(new Set(['the log is away']));
  });
});
