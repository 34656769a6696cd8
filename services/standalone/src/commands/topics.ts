import { type Command } from 'commander';
import { applyTopics, diffTopics, expectReachable, kafkaClient, type TopicDifference, type TopicPlan } from '@pharos/event-log';
import { kafkaConnection } from '../cluster/connections.js';
import { readTopicPlan } from '../cluster/topic-plan.js';
import { Refusal } from '../refusal.js';
import { readContext } from './command-context.js';
import { createReport } from './report.js';

type Admin = ReturnType<ReturnType<typeof kafkaClient>['admin']>;

export function addTopics(program: Command): void {
  const topics = program
    .command('topics')
    .description('the topics of a cluster, as infra/kafka/topics.json says (PHAROS_KAFKA_TOPICS_FILE)');
  topics
    .command('diff')
    .description('how the topics of the cluster differ from the file; changes nothing')
    .option('--json', 'print JSON')
    .action(({ json = false }: { readonly json?: boolean }) =>
      withAdmin(async (admin, plan, prefix) => {
        const found = await diffTopics(admin, plan, prefix);
        createReport(json).result(found, found.length === 0 ? 'The topics are as the file says.' : linesOf(found));
        if (found.length > 0) process.exitCode = 4;
      }),
    );
  topics
    .command('apply')
    .description('make what is missing and bring settings in line; partitions and replicas of topics that stand are left alone')
    .option('--json', 'print JSON')
    .action(({ json = false }: { readonly json?: boolean }) =>
      withAdmin(async (admin, plan, prefix) => {
        const left = await applyTopics(admin, plan, prefix);
        createReport(json).result(
          left,
          left.length === 0 ? 'The topics are as the file says.' : `Not mended, a person has to:\n${linesOf(left)}`,
        );
        if (left.length > 0) process.exitCode = 4;
      }),
    );
}

const linesOf = (found: readonly TopicDifference[]): string =>
  found.map(({ topic, what, is, should }) => `  ${topic}: ${what} is ${is}, should be ${should}`).join('\n');

async function withAdmin(work: (admin: Admin, plan: TopicPlan, prefix: string) => Promise<void>): Promise<void> {
  const { configuration, logger } = readContext();
  const plan = readTopicPlan(configuration.kafkaTopicsFile);
  const connection = kafkaConnection(configuration, 'topics', logger);
  const admin = kafkaClient(connection).admin();
  try {
    await expectReachable(connection.brokers);
    await admin.connect();
  } catch (error) {
    throw new Refusal(`PHAROS_KAFKA_BROKERS: ${(error as Error).message}`);
  }
  try {
    await work(admin, plan, configuration.kafkaTopicPrefix);
  } finally {
    await admin.disconnect();
  }
}
