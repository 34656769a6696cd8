export interface DatabaseConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** What a worker thread needs to open the homes that the main thread has started. Plain data: it crosses to the thread. */
export interface HomeConnections {
  readonly log: string;
  readonly warehouse: string;
  readonly registry: DatabaseConnection;
  readonly logLevel: string;
  readonly foldBatchFacts: number;
}
