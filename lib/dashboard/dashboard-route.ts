import type { z } from 'zod'
import { recordAuditOnce } from '@/lib/audit/record-audit-once'
import { getOperator, type Operator } from '@/lib/auth/get-operator'
import { isSameOrigin } from '@/lib/auth/is-same-origin'
import { peerAddress } from '@/lib/http/peer-address'
import { webContext, type WebContext } from '@/lib/http/web-context'
import { runRequestOnce } from '@/lib/operator/run-request-once'
import { appErrorResponse, errorResponse, type Issue } from '@/lib/dashboard/error-response'
import { readIdempotencyKey } from '@/lib/dashboard/idempotency-key'
import { type ViewContext, viewContext } from '@/lib/dashboard/view-context'
import type { Wire } from '@/lib/dashboard/wire'

type Input<Id extends string, Body, Query> = {
  ctx: ViewContext
  operator: Operator
  /** The actor for audit entries. */
  who: { actor: string; peerAddress: string }
  headers: Headers
  ids: Record<Id, string>
  body: Body
  query: Query
}

type Shapes<Body, BodyInput, Query, QueryInput> = {
  body?: z.ZodType<Body, BodyInput>
  query?: z.ZodType<Query, QueryInput>
}

/** A handler with the schemas of its input. `wire` exists only as a type. */
export type DashboardHandler<Id extends string = never, W extends Wire = Wire> = {
  (request: Request, context: { params: Promise<Record<Id, string>> }): Promise<Response>
  shapes: Shapes<unknown, unknown, unknown, unknown>
  wire?: W
}

/**
 * Creates a handler of the dashboard's JSON: authenticates, authorises, parses, runs, and returns the output as JSON.
 * All operators may read. Changes need an administrator, or a viewer with `isOpenToViewers`, and our own origin.
 */
export function dashboardRoute<
  Output,
  Body = undefined,
  BodyInput = undefined,
  Query = undefined,
  QueryInput = undefined,
  Id extends string = never,
>(
  options: Shapes<Body, BodyInput, Query, QueryInput> & { ids?: readonly Id[]; isOpenToViewers?: boolean },
  run: (input: Input<Id, Body, Query>) => Promise<Output>,
): DashboardHandler<Id, Wire<QueryInput, BodyInput, Output>> {
  const handle = async (request: Request, context: { params: Promise<Record<Id, string>> }) => {
    const ctx = webContext()
    try {
      const operator = await getOperator(ctx, request.headers)
      if (!operator) return errorResponse(401, { code: 'SIGNED_OUT' })
      if (request.method !== 'GET') {
        const refusal = !isSameOrigin(request.headers, ctx.env.PUBLIC_URL)
          ? { code: 'CROSS_SITE' }
          : operator.role !== 'admin' && !options.isOpenToViewers
            ? { code: 'FORBIDDEN' }
            : null
        if (refusal) {
          await recordRefusal(ctx, request, { operator, reason: refusal.code })
          return errorResponse(403, refusal)
        }
      }
      const text = request.method === 'GET' ? '' : await request.text()
      const body = options.body?.safeParse(readJson(text))
      if (body && !body.success) return issueResponse(body.error)
      const query = options.query?.safeParse(withoutNul(Object.fromEntries(new URL(request.url).searchParams)))
      if (query && !query.success) return issueResponse(query.error)
      const view = viewContext(ctx, operator, request)
      const input = {
        ctx: view,
        operator,
        who: view.who,
        headers: request.headers,
        ids: withoutNul(await context.params),
        body: body?.data as Body,
        query: query?.data as Query,
      }
      const key = readIdempotencyKey(request, text, { operatorId: operator.id, secret: ctx.env.AUTH_SECRET })
      const output = await (key ? runRequestOnce(ctx, key, () => run(input)) : run(input))
      return Response.json(output ?? {}, { headers: { 'Cache-Control': 'no-store' } })
    } catch (error) {
      const response = appErrorResponse(error)
      if (response) return response
      const requestId = request.headers.get('x-request-id')
      ctx.log.error({ err: error, requestId, path: new URL(request.url).pathname }, 'dashboard request failed')
      return errorResponse(500, { code: 'INTERNAL' })
    }
  }
  return Object.assign(handle, { shapes: options })
}

/** Records a refused change, at most once in 15 minutes per target and 30 times per hour and operator. */
async function recordRefusal(
  { db }: WebContext,
  request: Request,
  { operator, reason }: { operator: Operator; reason: string },
): Promise<void> {
  const path = new URL(request.url).pathname.slice(0, 200)
  await recordAuditOnce(db, {
    actor: `operator:${operator.id}`,
    action: 'access.refuse',
    targetId: path.match(/[a-z]{2,4}_\w{22}/g)?.at(-1) ?? path,
    detail: { method: request.method, path, reason },
    peerAddress: peerAddress(request),
    withinSeconds: 900,
    maxPerHour: 30,
  })
}

/** Replaces NUL, which Postgres rejects in a text: an id with NUL is then unknown instead of an internal error. */
function withoutNul<Name extends string>(texts: Record<Name, string> | undefined): Record<Name, string> {
  const entries = Object.entries<string>(texts ?? {}).map(([name, text]) => [name, text.replaceAll('\0', '\ufffd')])
  return Object.fromEntries(entries)
}

/** Parses a body; undefined: not JSON, or with text that Postgres cannot store (NUL, lone surrogates). */
function readJson(text: string): unknown {
  let isStorable = true
  const check = (_: string, value: unknown) => {
    if (typeof value === 'string' && (value.includes('\0') || /\p{Surrogate}/u.test(value))) isStorable = false
    return value
  }
  try {
    const json: unknown = JSON.parse(text, check)
    return isStorable ? json : undefined
  } catch {
    return undefined
  }
}

function issueResponse(error: z.ZodError): Response {
  const [issue] = error.issues
  const parameter = issue?.path.join('.') ?? ''
  const message = issue?.message
  return errorResponse(400, { code: 'INVALID_PARAMETER', message, parameter, ...(issue && { issue: toWire(issue) }) })
}

/** Picks the fields of an issue that a page needs; JSON omits those that the rule does not have. */
function toWire(issue: z.core.$ZodIssue): Issue {
  const { code, message, origin, expected, format, minimum, maximum, params } = issue as Issue
  return { code, message, origin, expected, format, minimum, maximum, params }
}
