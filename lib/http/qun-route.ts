import type { z } from 'zod'
import { AppError } from '@/lib/errors'
import { describeIssue } from '@/lib/http/describe-issue'
import { renderError, renderJson, type WireResponse } from '@/lib/http/dialect'
import { limitAddress } from '@/lib/http/limit-rate'
import { readForm } from '@/lib/http/read-form'
import { requirePrivateNetwork } from '@/lib/http/require-private-network'
import { type WebContext, webContext } from '@/lib/http/web-context'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Handler = (request: Request) => Promise<Response>

const callsPerMinute = 600

/**
 * Creates the handlers of one POST of the qun API: network check, rate limit, validation, then `run`, whose result is the
 * response. Other methods get 405; without an operation every method gets 404. Spec: B1 (responses and errors), B2 (private
 * network only).
 */
export function qunRoute<Shape extends z.ZodObject>(
  operation: { shape: Shape; run(ctx: WebContext, parameters: z.output<Shape>): Promise<object> } | null,
): Record<(typeof methods)[number], Handler> {
  const handlers = methods.map((method) => {
    const handler: Handler = (request) =>
      respond(request, async (ctx) => {
        requirePrivateNetwork(request, ctx.env)
        await limitAddress(ctx.limiter, request, { purpose: 'wxbot', perMinute: callsPerMinute })
        if (!operation) throw new AppError('ROUTE_NOT_FOUND', { reason: 'call_not_found' })
        if (method !== 'POST')
          throw new AppError('METHOD_NOT_ALLOWED', { reason: 'method_not_allowed', params: { method: request.method } })
        const parsed = operation.shape.safeParse(await readForm(request), { reportInput: true })
        if (!parsed.success) throw describeIssue(parsed.error)
        return renderJson(200, await operation.run(ctx, parsed.data))
      })
    return [method, handler] as const
  })
  return Object.fromEntries(handlers) as Record<(typeof methods)[number], Handler>
}

async function respond(request: Request, run: (ctx: WebContext) => Promise<WireResponse>): Promise<Response> {
  const ctx = webContext()
  const startedAt = performance.now()
  let failure: unknown
  const response = await run(ctx).catch((thrown: unknown) => {
    failure = thrown
    return renderError('wxbot', thrown)
  })
  const code = failure instanceof AppError ? failure.code : undefined
  if (code === 'METHOD_NOT_ALLOWED') response.headers['Allow'] = 'POST'
  const logEntry = {
    requestId: request.headers.get('x-request-id'),
    method: request.method,
    path: new URL(request.url).pathname,
    status: response.status,
    code,
    durationMs: Math.round(performance.now() - startedAt),
  }
  if (failure && !code) ctx.log.error({ ...logEntry, err: failure }, 'request failed')
  else ctx.log.info(logEntry, 'request')
  return new Response(response.body, response)
}
