import kafkajs, { type Kafka, type KafkaConfig, type logCreator, type SASLOptions } from 'kafkajs';
import { mendConnections } from './mend-connections.js';
import { mendTimers } from './mend-timers.js';
import { registerZstd } from './zstd.js';

/** How the brokers are reached and who says so. Plain data but for the token of OAUTHBEARER, which is asked for anew when it expires. */
export interface KafkaConnection {
  /** `host:port` of some brokers; the rest is learned from them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Certificates as PEM text. An empty object: TLS with the authorities that the machine trusts. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?: Extract<SASLOptions, { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' | 'oauthbearer' }>;
  /** Hears of what the client calls an error; most of it is tried again and mends itself. */
  readonly onWarning?: (message: string) => void;
}

/** After so long without an answer a request has failed. */
const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 3_000;

/** A client of kafkajs with what Pharos needs of it: zstd, TLS, SASL, and its lines handed to the caller's log. */
export function kafkaClient(connection: KafkaConnection): Kafka {
  registerZstd();
  mendTimers();
  mendConnections();
  const { brokers, clientId, tls, sasl, onWarning = () => undefined } = connection;
  const logCreator: logCreator =
    () =>
    ({ level, log }) => {
      if (level <= kafkajs.logLevel.ERROR) onWarning(log.message);
    };
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 6 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator,
    ...(tls === undefined ? {} : { ssl: tls }),
    // A copy: kafkajs keeps what it made of the name and password in the object it is given.
    ...(sasl === undefined ? {} : { sasl: { ...sasl } }),
  };
  return new kafkajs.Kafka(config);
}
