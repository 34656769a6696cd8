import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';

export interface TracingOptions {
  /** Where OTLP over HTTP is taken: `http://collector:4318/v1/traces`. */
  readonly url: string;
  /** Which share of traces that begin here is kept, 0 to 1. One that came with a request is kept as it says. */
  readonly share: number;
  readonly service: string;
  /** Where spans go instead, for tests. */
  readonly exporter?: SpanExporter;
}

/**
 * Sends spans to a collector from now on; until it is called `traced` and its like cost next to nothing and say nothing. A collector
 * that is away loses spans, and no work waits for it.
 *
 * @returns a function that sends what is left and ends it
 */
export function startTracing({ url, share, service, exporter = new OTLPTraceExporter({ url }) }: TracingOptions): () => Promise<void> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `pharos-${service}` }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return async () => {
    await provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  };
}
