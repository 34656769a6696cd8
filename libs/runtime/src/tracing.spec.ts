import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { beginTracing } from './begin-tracing.js';
import { activeTraceparent, linksTo, requestSpan, traced } from './tracing.js';

const came = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

it('says nothing and carries nothing until it is started', async () => {
  expect(await traced('work', {}, () => Promise.resolve(activeTraceparent()))).toBeUndefined();
  expect(linksTo([came])).toEqual([]);
});

describe('traces', () => {
  let exporter: InMemorySpanExporter;
  let stop: () => Promise<void>;
  /** The exporter forgets at its end, so what it had is kept before. */
  let spans: ReadableSpan[];
  beforeEach(async () => {
    exporter = new InMemorySpanExporter();
    spans = [];
    const kept = exporter.export.bind(exporter);
    exporter.export = (batch, done) => (spans.push(...batch), kept(batch, done));
    stop = await beginTracing({ url: 'http://127.0.0.1:9/v1/traces', share: 0, service: 'test', exporter });
  });
  afterEach(() => stop());

  it('go on from the request through the work to whoever reads its header, and never hold an address', async () => {
    const span = requestSpan('POST', { traceparent: came, authorization: 'Basic secret' });
    const header = await span.within(() => traced('log append', { facts: 2 }, () => Promise.resolve(activeTraceparent()!)));
    span.end('/xapi/statements', 200);
    await traced('fold', { facts: 2 }, () => Promise.resolve(), linksTo([header, header, 'nonsense']));
    await traced('fold', { facts: 9 }, () => Promise.resolve()); // of nothing that is kept
    await stop();
    const [append, request, fold] = spans;
    expect(spans.map(({ name }) => name)).toEqual(['log append', 'POST /xapi/statements', 'fold']);
    expect([fold!.spanContext().traceId, fold!.parentSpanContext!.spanId]).toEqual([
      request!.spanContext().traceId,
      append!.spanContext().spanId,
    ]);
    expect(fold!.links).toHaveLength(1);
    expect(request!.parentSpanContext!.spanId).toBe('b7ad6b7169203331');
    expect(append!.parentSpanContext!.spanId).toBe(request!.spanContext().spanId);
    expect(header).toBe(`00-0af7651916cd43dd8448eb211c80319c-${append!.spanContext().spanId}-01`);
    expect(request!.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/xapi/statements',
      'http.response.status_code': 200,
    });
    expect(request!.resource.attributes['service.name']).toBe('pharos-test');
  });
});
