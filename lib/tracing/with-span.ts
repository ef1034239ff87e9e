import { AsyncLocalStorage } from 'node:async_hooks'
import { AppError } from '@/lib/errors'

/** Ids, codes and counts only: never a text, a name, a URL or a token. */
export type Attributes = Record<string, string | number | boolean | undefined>

export type SpanOptions = {
  kind: 'server' | 'client' | 'internal'
  /** W3C `traceparent` of the span above; null: begins a trace; absent: the span that runs now. */
  parent?: string | null
  /** Milliseconds since 1970; absent: now. */
  startedAtMs?: number
  attributes?: Attributes
}

export type Span = {
  set(attributes: Attributes): void
  /** Marks the span as failed, with a code and no message. */
  fail(code: string): void
}

export type Tracer = {
  start(name: string, options: SpanOptions): Span & { traceParent: string; end(): void }
}

type Tracing = { tracer: Tracer | null; traceParents: AsyncLocalStorage<string> }

// On globalThis, because each bundle of Next has its own copy of this module.
const tracingKey = Symbol.for('wxbot.tracing')
const shared = globalThis as { [tracingKey]?: Tracing }
const tracing = (shared[tracingKey] ??= { tracer: null, traceParents: new AsyncLocalStorage() })

const noSpan: Span = { set: () => {}, fail: () => {} }

/** Sets what records the spans of this process; null: nothing does. */
export function setTracer(tracer: Tracer | null): void {
  tracing.tracer = tracer
}

/** Returns the `traceparent` of the span that runs now, for a row that a later span continues; null: none. */
export function currentTraceParent(): string | null {
  return tracing.traceParents.getStore() ?? null
}

/** Runs `run` in a span, which ends with it. An error marks the span with its code and is thrown again. */
export async function withSpan<T>(name: string, options: SpanOptions, run: (span: Span) => Promise<T>): Promise<T> {
  const { tracer, traceParents } = tracing
  if (!tracer) return run(noSpan)
  const span = tracer.start(name, { parent: currentTraceParent(), ...options })
  try {
    return await traceParents.run(span.traceParent, () => run(span))
  } catch (error) {
    span.fail(error instanceof AppError ? error.code : 'INTERNAL')
    throw error
  } finally {
    span.end()
  }
}

/** Records a span that ends now. */
export function recordSpan(name: string, options: SpanOptions): void {
  tracing.tracer?.start(name, { parent: currentTraceParent(), ...options }).end()
}

/** Returns a valid W3C `traceparent`; null: invalid. */
export function parseTraceParent(text: string | null): string | null {
  const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(text ?? '') ?? []
  return text && traceId && spanId && /[^0]/.test(traceId) && /[^0]/.test(spanId) ? text : null
}
