import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry as Metrics } from 'prom-client';
import { type ArchiveIndex, type EventLog } from '@pharos/event-log';
import { type Topic, topicNames } from '@pharos/facts';
import { type Door } from '@pharos/ingest';
import { type Progress } from '@pharos/projector';
import { requestSpan, type RequestSpan } from '@pharos/runtime';
import { forwardMetrics } from './forward-metrics.js';
import { lagSeconds } from './lag-seconds.js';
import { countStatements, foldMetrics, workMetrics } from './work-metrics.js';
import { FOLD_CONSUMER } from '../homes/open-homes.js';
import { type ClusterStores } from './open-cluster.js';

/** What one process can say of itself. */
export interface Operations {
  readonly metrics: Metrics;
  /** Hears of what a projector of this process does. */
  heard(progress: Progress): void;
  /** The same door, counted. */
  counted(door: Door): Door;
  /** Adds `/health/live`, `/health/ready` and `/metrics`. */
  routes(server: FastifyInstance): void;
}

/** Asked every few seconds by machines: no traces of these. */
const ownRoutes = new Set(['/health/live', '/health/ready', '/metrics']);

/** An engine that takes longer than this to say that it is there is not. */
const READY_MS = 5_000;

/**
 * Health and figures of one service.
 *
 * @param shares how many shares of the fold this process has; undefined where it does not fold
 */
export function createOperations(
  service: string,
  { log, warehouse, registry, archive, now }: ClusterStores,
  shares?: () => number,
): Operations {
  const metrics = new Metrics();
  metrics.setDefaultLabels({ service });
  collectDefaultMetrics({ register: metrics });
  const registers = [metrics];
  const requests = new Histogram({
    name: 'pharos_http_request_seconds', help: 'Requests by route and status', labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers,
  }); // prettier-ignore
  new Gauge({
    name: 'pharos_fold_lag_facts', help: 'Facts in the log that are not in the tables yet', labelNames: ['topic', 'partition'], registers,
    async collect() {
      for (const topic of topicNames) {
        const [heads, done] = await Promise.all([log.heads(topic), log.committed(FOLD_CONSUMER, topic)]);
        for (const [partition, head] of heads.entries()) this.set({ topic, partition }, Math.max(0, head - done[partition]!));
      }
    },
  }); // prettier-ignore
  new Gauge({
    name: 'pharos_outbox_waiting_facts', help: 'Decisions that are not in the log yet', registers,
    async collect() {
      this.set((await registry.outbox.waiting()).facts);
    },
  }); // prettier-ignore
  new Gauge({
    name: 'pharos_active', help: '1 where this process works, 0 where it stands by', registers,
    collect() {
      this.set(shares?.() === 0 ? 0 : 1);
    },
  }); // prettier-ignore
  new Gauge({
    name: 'pharos_fold_shares', help: 'Shares of the partitions that this process folds', registers,
    collect() {
      this.set(shares?.() ?? 0);
    },
  }); // prettier-ignore

  // Told by the service whose doing it is.
  if (service === 'ingest') forwardMetrics(registry, log, registers);
  if (service === 'jobs') workMetrics(registry, registers);
  const fold = service === 'projector' ? foldMetrics(registers) : undefined;
  if (fold) {
    new Gauge({
      name: 'pharos_fold_lag_seconds', help: 'Age of the oldest fact that is not in the tables yet', registers,
      async collect() {
        this.set(await lagSeconds(log, (topic) => log.committed(FOLD_CONSUMER, topic), now));
      },
    }); // prettier-ignore
  }

  // Told by the projectors, which archive; a question to the log for each partition is enough from one service.
  if (archive && service === 'projector') {
    new Gauge({
      name: 'pharos_archive_lag_seconds', help: 'Age of the oldest fact that is not archived', registers,
      async collect() {
        this.set(await lagSeconds(log, (topic) => archivedTo(archive, log, topic), now));
      },
    }); // prettier-ignore
  }

  const checks: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['registry', () => registry.ping()],
    ['warehouse', () => warehouse.ping()],
    ['log', () => log.heads('governance')],
  ];
  // The door takes statements without the warehouse, which folds them when it is back: it must not be closed for it.
  const needs = (name: string): boolean => service !== 'ingest' || name !== 'warehouse';

  const foldedFacts = new Counter({
    name: 'pharos_folded_facts_total',
    help: 'Facts folded by this process',
    labelNames: ['store'],
    registers,
  });
  const deadLetters = new Counter({ name: 'pharos_dead_letters_total', help: 'Facts put aside by this process', registers });

  return {
    metrics,
    heard(progress) {
      if (progress.kind === 'deadLetters') deadLetters.inc(progress.count);
      if (progress.kind !== 'folded') return;
      foldedFacts.inc({ store: progress.store }, progress.facts);
      if (progress.store !== 'warehouse') return;
      fold?.seconds.observe(progress.ms / 1_000);
      fold?.visible.observe(Math.max(0, (now().getTime() - Date.parse(progress.oldest)) / 1_000));
    },
    counted: countStatements(registers),
    routes: (server) => {
      const spans = new WeakMap<FastifyRequest, RequestSpan>();
      server.addHook('onRequest', (request, _reply, done) => {
        if (ownRoutes.has(request.routeOptions.url ?? '')) return done();
        const span = requestSpan(request.method, request.headers);
        spans.set(request, span);
        span.within(done);
      });
      server.addHook('onResponse', (request, reply, done) => {
        const route = request.routeOptions.url ?? 'none';
        spans.get(request)?.end(route, reply.statusCode);
        requests.observe({ route, method: request.method, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
        done();
      });
      server.get('/health/live', (_request, reply) => reply.send({ status: 'ok' }));
      server.get('/health/ready', async (_request, reply) => {
        const found = await Promise.all(checks.map(async ([name, check]) => ({ name, reason: await failureOf(check) })));
        const failing = found.filter(({ reason }) => reason !== undefined);
        const ready = !failing.some(({ name }) => needs(name));
        const role = shares === undefined ? {} : { active: shares() > 0, shares: shares() };
        const status = ready ? (failing.length === 0 ? 'ok' : 'degraded') : 'not-ready';
        return reply.code(ready ? 200 : 503).send({ status, failing, ...role });
      });
      server.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
    },
  };
}

/** The next offset of each partition that is not archived yet. */
async function archivedTo({ index }: { readonly index: ArchiveIndex }, log: EventLog, topic: Topic): Promise<readonly number[]> {
  const partitions = Array.from({ length: log.partitions(topic) }, (_, partition) => partition);
  return Promise.all(partitions.map(async (partition) => (await index.segments(log.epoch, topic, partition)).at(-1)?.next ?? 0));
}

async function failureOf(check: () => Promise<unknown>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${READY_MS} ms`), READY_MS);
  });
  const answer = check().then(
    () => undefined,
    // An engine's own words may repeat an address with a password.
    (error: unknown) => `does not answer (${(error as { code?: string }).code ?? (error as Error).name})`,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
