import type { z } from 'zod'
import { getOperator, type Operator } from '@/lib/auth/get-operator'
import { isSameOrigin } from '@/lib/auth/is-same-origin'
import { peerAddress } from '@/lib/http/peer-address'
import { webContext, type WebContext } from '@/lib/http/web-context'
import { answerAppError, answerError } from './answer-error'

type Asked<Id extends string, Body, Query> = {
  ctx: WebContext
  operator: Operator
  /** Who did it, for the audit. */
  who: { actor: string; peerAddress: string }
  ids: Record<Id, string>
  body: Body
  query: Query
}

type Shapes<Body, Query> = { body?: z.ZodType<Body>; query?: z.ZodType<Query> }

/** A handler, with the shapes of what it takes. */
export type DashboardHandler<Id extends string = never> = {
  (request: Request, context: { params: Promise<Record<Id, string>> }): Promise<Response>
  shapes: Shapes<unknown, unknown>
}

/**
 * Makes a handler of the dashboard's JSON: who asks, then where from, then what, then the act; its value is the answer.
 * Reading is for every operator, anything else for admins and from our own pages only; `isForEverybody` lets viewers act.
 */
export function dashboardRoute<Body = undefined, Query = undefined, Id extends string = never>(
  options: Shapes<Body, Query> & { ids?: readonly Id[]; isForEverybody?: boolean },
  act: (asked: Asked<Id, Body, Query>) => Promise<unknown>,
): DashboardHandler<Id> {
  const handle = async (request: Request, context: { params: Promise<Record<Id, string>> }) => {
    const ctx = webContext()
    try {
      const operator = await getOperator(ctx, request.headers)
      if (!operator) return answerError(401, { code: 'SIGNED_OUT', message: '请重新登录' })
      if (request.method !== 'GET') {
        if (!isSameOrigin(request.headers, ctx.env.PUBLIC_URL))
          return answerError(403, { code: 'CROSS_SITE', message: '请求不是来自本站页面' })
        if (operator.role !== 'admin' && !options.isForEverybody)
          return answerError(403, { code: 'FORBIDDEN', message: '你的账号只能查看，不能修改' })
      }
      const body = options.body?.safeParse(await readJson(request))
      if (body && !body.success) return answerIssue(body.error)
      const query = options.query?.safeParse(withoutNul(Object.fromEntries(new URL(request.url).searchParams)))
      if (query && !query.success) return answerIssue(query.error)
      const answer = await act({
        ctx,
        operator,
        who: { actor: `operator:${operator.id}`, peerAddress: peerAddress(request) },
        ids: withoutNul(await context.params),
        body: body?.data as Body,
        query: query?.data as Query,
      })
      return Response.json(answer ?? {}, { headers: { 'Cache-Control': 'no-store' } })
    } catch (error) {
      const answer = answerAppError(error)
      if (answer) return answer
      const requestId = request.headers.get('x-request-id')
      ctx.log.error({ err: error, requestId, path: new URL(request.url).pathname }, 'dashboard request failed')
      return answerError(500, { code: 'INTERNAL', message: '服务器出错了，请稍后再试' })
    }
  }
  return Object.assign(handle, { shapes: options })
}

/** Postgres refuses NUL in a text; with a stand-in for it such an id is as unknown as any other. A path without ids has none. */
function withoutNul<Name extends string>(texts: Record<Name, string> | undefined): Record<Name, string> {
  const entries = Object.entries<string>(texts ?? {}).map(([name, text]) => [name, text.replaceAll('\0', '\ufffd')])
  return Object.fromEntries(entries)
}

/** Reads a body; undefined when it is no JSON, or holds what Postgres takes nowhere: a NUL, half of a surrogate pair. */
async function readJson(request: Request): Promise<unknown> {
  let isStorable = true
  const check = (_: string, value: unknown) => {
    if (typeof value === 'string' && (value.includes('\0') || /\p{Surrogate}/u.test(value))) isStorable = false
    return value
  }
  try {
    const json: unknown = JSON.parse(await request.text(), check)
    return isStorable ? json : undefined
  } catch {
    return undefined
  }
}

function answerIssue(error: z.ZodError): Response {
  const [issue] = error.issues
  const parameter = issue?.path.join('.') ?? ''
  return answerError(400, { code: 'INVALID_PARAMETER', message: issue?.message ?? '参数错误', parameter })
}
