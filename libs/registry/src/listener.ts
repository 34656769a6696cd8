import { type Database } from './database.js';

export interface Listener {
  /** Makes sure that the connection stands; the first call and each after a loss open one. */
  listen(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Hears the notifications of a channel over a connection of its own.
 *
 * @param onError hears of a lost connection; the next `listen` opens another
 */
export function createListener(database: Database, channel: string, onError: (error: unknown) => void, onNews: () => void): Listener {
  let client: Awaited<ReturnType<Database['dedicated']>> | undefined;
  return {
    async listen() {
      if (client) return;
      const fresh = await database.dedicated();
      fresh.on('error', (error) => {
        if (client === fresh) client = undefined;
        onError(error);
      });
      fresh.on('notification', onNews);
      await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
      client = fresh;
    },
    async end() {
      const last = client;
      client = undefined;
      await last?.end();
    },
  };
}
