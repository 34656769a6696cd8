/**
 * The text of a migration for a ClickHouse cluster of one shard and several replicas, from the text for a single server: every
 * change of the schema runs `ON CLUSTER`, and tables that hold rows are replicated (their place in Keeper and the replica's name are
 * the server's defaults, `{uuid}` and `{replica}`, so that tables can be exchanged).
 *
 * @param cluster as `remote_servers` of the servers' configuration calls it
 * @throws RangeError for a change of the schema that it does not know
 * @example replicated('DROP TABLE IF EXISTS old', 'pharos') // => "DROP TABLE IF EXISTS old ON CLUSTER 'pharos'"
 */
export function replicated(statement: string, cluster: string): string {
  const [verb] = statement.split(/\s/, 1);
  if (verb === 'INSERT') return statement;
  const place =
    /^(CREATE (?:TABLE|MATERIALIZED VIEW|DATABASE) IF NOT EXISTS \S+|DROP (?:TABLE|DATABASE) IF EXISTS \S+|ALTER TABLE \S+|EXCHANGE TABLES \S+ AND \S+)/;
  if (!place.test(statement)) throw new RangeError(`not known how to run this on a cluster: ${statement.slice(0, 60)}`);
  const everywhere = statement.replace(place, `$1 ON CLUSTER '${cluster}'`);
  return everywhere.replace(/ENGINE = (\w+)/, (_, engine: string) => {
    if (engine === 'Null') return 'ENGINE = Null';
    if (engine === 'ReplacingMergeTree') return 'ENGINE = ReplicatedReplacingMergeTree';
    throw new RangeError(`not known how to replicate a table of the engine ${engine}`);
  });
}
