import type { z } from 'zod'
import { AppError } from '@/lib/errors'
import { describeIssue } from './describe-issue'
import { errorAnswer, jsonAnswer, type WireAnswer } from './dialect'
import { limitAddress } from './limit-address'
import { readForm } from './read-form'
import { requirePrivateNetwork } from './require-private-network'
import { type WebContext, webContext } from './web-context'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Handler = (request: Request) => Promise<Response>

const callsPerMinute = 600

/**
 * Makes the handlers of one POST of the qun API: network, rate, shape, then `run`, whose answer goes out as it is. Other methods are
 * refused with 405, and without an operation everything is 404. Spec: B1, B2.
 */
export function qunRoute<Shape extends z.ZodObject>(
  operation: { shape: Shape; run(ctx: WebContext, parameters: z.output<Shape>): Promise<object> } | null,
): Record<(typeof methods)[number], Handler> {
  const handlers = methods.map((method) => {
    const handler: Handler = (request) =>
      answer(request, async (ctx) => {
        requirePrivateNetwork(request, ctx.env)
        await limitAddress(ctx.limiter, request, { purpose: 'wxbot', perMinute: callsPerMinute })
        if (!operation) throw new AppError('ROUTE_NOT_FOUND', '没有这个接口')
        if (method !== 'POST') throw new AppError('METHOD_NOT_ALLOWED', `不支持 ${request.method} 方法`)
        const parsed = operation.shape.safeParse(await readForm(request), { reportInput: true })
        if (!parsed.success) throw describeIssue(parsed.error)
        return jsonAnswer(200, await operation.run(ctx, parsed.data))
      })
    return [method, handler] as const
  })
  return Object.fromEntries(handlers) as Record<(typeof methods)[number], Handler>
}

async function answer(request: Request, run: (ctx: WebContext) => Promise<WireAnswer>): Promise<Response> {
  const ctx = webContext()
  const startedAt = performance.now()
  let failure: unknown
  const told = await run(ctx).catch((thrown: unknown) => {
    failure = thrown
    return errorAnswer('wxbot', thrown)
  })
  const code = failure instanceof AppError ? failure.code : undefined
  if (code === 'METHOD_NOT_ALLOWED') told.headers['Allow'] = 'POST'
  const line = {
    requestId: request.headers.get('x-request-id'),
    method: request.method,
    path: new URL(request.url).pathname,
    status: told.status,
    code,
    durationMs: Math.round(performance.now() - startedAt),
  }
  if (failure && !code) ctx.log.error({ ...line, err: failure }, 'request failed')
  else ctx.log.info(line, 'request')
  return new Response(told.body, told)
}
