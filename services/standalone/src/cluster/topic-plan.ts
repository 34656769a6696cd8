import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TopicPlan } from '@pharos/event-log';
import { topicNames } from '@pharos/facts';
import { z } from 'zod';
import { Refusal } from '../refusal.js';

const file = z.strictObject({
  defaults: z.strictObject({ replication: z.number().int().min(1), config: z.record(z.string(), z.string()) }),
  partitions: z.record(z.enum(topicNames as [(typeof topicNames)[number], ...typeof topicNames]), z.number().int().min(1)),
});

/** The topics as they should be. */
export const planFile = fileURLToPath(new URL('../../../../infra/kafka/topics.json', import.meta.url));

/**
 * Reads topics as data.
 *
 * @param replicas for a cluster with fewer brokers than the file asks for, such as a laptop's
 * @throws Refusal naming the setting when the file does not fit
 */
export function readTopicPlan(path: string = planFile, replicas?: number): TopicPlan {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refusal(`PHAROS_KAFKA_TOPICS_FILE: ${path} cannot be read: ${(error as Error).message}`, 2);
  }
  const parsed = file.safeParse(content);
  if (!parsed.success) throw new Refusal(`PHAROS_KAFKA_TOPICS_FILE: ${path}: ${z.prettifyError(parsed.error)}`, 2);
  const { defaults, partitions } = parsed.data;
  const replication = replicas ?? defaults.replication;
  const config = {
    ...defaults.config,
    'min.insync.replicas': String(Math.min(Number(defaults.config['min.insync.replicas'] ?? 1), replication)),
  };
  return Object.fromEntries(
    topicNames.map((topic) => [topic, { partitions: partitions[topic], replication, config }]),
  ) as unknown as TopicPlan;
}
