/** A port that services use for an engine, and where the engine is. */
export interface Crossing {
  readonly engine: string;
  readonly port: number;
  readonly to: { readonly port: number; readonly host: string } | { readonly path: string };
}

interface Engines {
  readonly firstPort: number;
  readonly brokers: readonly { readonly proxied?: { readonly port: number; readonly advertised: number } }[];
  readonly warehousePort: number;
  readonly postgresSocket: string;
}

/** Where something can stand between the services and the engines of a cluster on this machine. */
export function crossingsOf({ firstPort, brokers, warehousePort, postgresSocket }: Engines): readonly Crossing[] {
  const host = '127.0.0.1';
  return [
    ...brokers.flatMap(({ proxied }, i) =>
      proxied ? [{ engine: `kafka-${i + 1}`, port: proxied.advertised, to: { port: proxied.port, host } }] : [],
    ),
    { engine: 'warehouse', port: firstPort + 98, to: { port: warehousePort, host } },
    { engine: 'postgres', port: firstPort + 99, to: { path: postgresSocket } },
  ];
}

/** Addresses for services that reach the engines through these ports. */
export function throughCrossings(
  crossings: readonly Crossing[],
  urlOf: (database: 'pharos_registry' | 'pharos_vault', port: number) => string,
) {
  const portOf = (engine: string): number => crossings.find((each) => each.engine === engine)!.port;
  const brokers = crossings.filter(({ engine }) => engine.startsWith('kafka-'));
  return {
    PHAROS_KAFKA_BROKERS: brokers.map(({ port }) => `127.0.0.1:${port}`).join(','),
    PHAROS_CLICKHOUSE_URL: `http://127.0.0.1:${portOf('warehouse')}`,
    PHAROS_REGISTRY_URL: urlOf('pharos_registry', portOf('postgres')),
    PHAROS_VAULT_URL: urlOf('pharos_vault', portOf('postgres')),
  };
}
