import { type Database } from './database.js';

export interface LogMove {
  readonly fromEpoch: string;
  readonly toEpoch: string;
  /** Key of the map of positions in the blob store. */
  readonly map: string;
}

/** Where the log came from. */
export interface LogMoves {
  note(move: LogMove): Promise<void>;
  list(): Promise<readonly LogMove[]>;
}

export function createLogMoves(database: Database): LogMoves {
  return {
    async note({ fromEpoch, toEpoch, map }) {
      await database.query('INSERT INTO log_moves (from_epoch, to_epoch, map) VALUES ($1, $2, $3)', [fromEpoch, toEpoch, map]);
    },
    list: () => database.query<LogMove>('SELECT from_epoch AS "fromEpoch", to_epoch AS "toEpoch", map FROM log_moves ORDER BY moved_at'),
  };
}
