import { context, type Context, type Link, propagation, type Span, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';

/** Never an address with its query, a token or content. */
export type Attributes = Readonly<Record<string, string | number>>;

const tracer = () => trace.getTracer('pharos');

/**
 * Does work within a span of its own; what it does in turn hangs below it.
 *
 * @param links where the work comes from (`linksTo`): it hangs below the first, so that it is kept as that one is, and names them all
 */
export function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>, links: readonly Link[] = []): Promise<T> {
  const from = links[0] ? trace.setSpanContext(context.active(), links[0].context) : context.active();
  return tracer().startActiveSpan(name, { attributes: { ...attributes }, links: [...links] }, from, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span that the caller is in, as W3C's `traceparent` header, for whoever takes the work on elsewhere; undefined when none is kept. */
export function activeTraceparent(): string | undefined {
  const here = trace.getActiveSpan()?.spanContext();
  if (!here || (here.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Links to the spans of these headers: work on many things at once has many origins and no parent. */
export function linksTo(traceparents: Iterable<string>): readonly Link[] {
  return [...new Set(traceparents)].flatMap((traceparent) => {
    const origin = trace.getSpanContext(propagation.extract(context.active(), { traceparent }));
    return origin ? [{ context: origin }] : [];
  });
}

/** A request's span, and the context in which to go on with it. */
export interface RequestSpan {
  within<T>(work: () => T): T;
  end(route: string, status: number): void;
}

/** Begins a request's span, below that of its `traceparent` where it has one. */
export function requestSpan(method: string, headers: Readonly<Record<string, unknown>>): RequestSpan {
  const from: Context = propagation.extract(context.active(), headers);
  const span: Span = tracer().startSpan(method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, from);
  return {
    within: (work) => context.with(trace.setSpan(from, span), work),
    end(route, status) {
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
