import type * as openTelemetry from '@opentelemetry/api'
import { withDeadline } from '@/lib/deadline'
import type { Env } from '@/lib/env'
import type { Logger } from '@/lib/logger'
import { type Attributes, setTracer, type Tracer } from '@/lib/tracing/with-span'

type Settings = Pick<Env, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER_ARG'>

/** Maximum time for the last spans to leave when the process stops. */
const flushMs = 2000
/** An unreachable collector is reported once per this time. */
const warningIntervalMs = 60_000

/**
 * Sends the spans of this process to OTEL_EXPORTER_OTLP_ENDPOINT until `close`; without it, does nothing and loads no package.
 * The tracer is not OpenTelemetry's global one, through which Next would record URLs with the tokens in them.
 */
export async function openTracing(
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio }: Settings,
  { serviceName, log }: { serviceName: string; log: Logger },
): Promise<{ close(): Promise<void> }> {
  if (endpoint === undefined) return { close: async () => {} }
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  let warnedAtMs = -warningIntervalMs
  const warn = (message: string) => {
    if (performance.now() - warnedAtMs < warningIntervalMs) return
    warnedAtMs = performance.now()
    log.warn({ reason: message.slice(0, 300) }, 'traces were not sent')
  }
  const ignore = () => {}
  const diagnostics = { error: warn, warn, info: ignore, debug: ignore, verbose: ignore }
  api.diag.setLogger(diagnostics, { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true })
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }),
      }),
    ],
  })
  setTracer(toTracer(api, provider.getTracer('wxbot')))
  const close = async () => {
    setTracer(null)
    await withDeadline(provider.shutdown().catch(warn), flushMs, () => undefined)
  }
  return { close }
}

function toTracer(api: typeof openTelemetry, tracer: openTelemetry.Tracer): Tracer {
  const kinds = { server: api.SpanKind.SERVER, client: api.SpanKind.CLIENT, internal: api.SpanKind.INTERNAL }
  const contextOf = (parent: string | null | undefined) => {
    const [, traceId, spanId, flags] = parent?.split('-') ?? []
    if (!traceId || !spanId) return api.ROOT_CONTEXT
    const spanContext = { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16), isRemote: true }
    return api.trace.setSpanContext(api.ROOT_CONTEXT, spanContext)
  }
  return {
    start(name, { kind, parent, startedAtMs, attributes = {} }) {
      const startTime = startedAtMs === undefined ? {} : { startTime: startedAtMs }
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes, ...startTime }, contextOf(parent))
      const { traceId, spanId, traceFlags } = span.spanContext()
      return {
        traceParent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        set: (more: Attributes) => void span.setAttributes(more),
        fail: (code) => void span.setAttribute('error.type', code).setStatus({ code: api.SpanStatusCode.ERROR }),
        end: () => span.end(),
      }
    },
  }
}
