import type { z } from 'zod'
import { authenticateToken, type Caller } from '@/lib/application/authenticate-token'
import { AppError } from '@/lib/errors'
import type { Contract } from '@/lib/http/contract/contract'
import { describeIssue } from '@/lib/http/describe-issue'
import { renderEnvelope, renderError, type WireResponse } from '@/lib/http/dialect'
import { limitAddress, limitToken } from '@/lib/http/limit-rate'
import { peerAddress } from '@/lib/http/peer-address'
import { maxUploadBodyBytes, readParameters } from '@/lib/http/read-parameters'
import { requireAddress, requirePermission } from '@/lib/http/require-permission'
import { type WebContext, webContext } from '@/lib/http/web-context'
import { authenticateForRobot } from '@/lib/robot/authenticate-for-robot'
import { isRobotId, robotNotFound } from '@/lib/robot/get-robot'
import type { RobotRow } from '@/lib/robot/robot-view'
import { parseTraceParent, withSpan } from '@/lib/tracing/with-span'

/** Requests with an invalid token, or from an address that it is not for, per minute and address; valid tokens from the same address are not affected. */
const unknownTokensPerMinute = 60

type Path = Record<string, string | string[] | undefined>
export type RouteHandler = {
  /** Next passes no `params` to a route without parameters. */
  (request: Request, context: { params: Promise<Path> | undefined }): Promise<Response>
  /** Missing in a handler that only refuses. */
  contract?: Contract
}

export type ApiCall<Parameters> = {
  ctx: WebContext
  caller: Caller
  /** Actor and origin, for the audit. */
  who: { actor: string; peerAddress: string }
  request: Request
  parameters: Parameters
  /** Returns the robot of the path. @throws ROBOT_NOT_FOUND if the caller's application has no such robot. Spec: A4 (tenants). */
  requireRobot: () => RobotRow
  /** Returns a decoded path parameter. */
  path: (name: string) => string
}

export type Operation = { contract: Contract; run(call: ApiCall<never>): Promise<object | void> }

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof methods)[number]

/** Defines one call of the API by its contract and its implementation; `run` returns the `data` of the envelope. */
export function operation<Parameters extends z.ZodObject, Data extends z.ZodObject | undefined>(
  contract: Contract<Parameters, Data>,
  run: (call: ApiCall<z.output<Parameters>>) => Promise<Data extends z.ZodObject ? z.input<Data> : void>,
): Operation {
  return { contract, run }
}

/**
 * Creates the handlers of a route in a dialect: authenticate, authorize, validate, `run`. Other methods get 405 with `Allow`. Handlers never
 * throw: an AppError becomes a response by its code, any other error is logged and becomes INTERNAL.
 */
export function apiRoute(dialect: 'robots' | 'v1', operations: readonly Operation[]) {
  const operationOf = (method: Method) =>
    operations.find(({ contract }) => contract.method === (method === 'HEAD' ? 'GET' : method))
  const allowed = methods.filter(operationOf)
  const handlers = {} as Record<Method, RouteHandler>
  for (const method of methods) {
    const match = operationOf(method)
    handlers[method] = match ? handle(dialect, match) : refuseMethod(dialect, allowed)
  }
  return handlers
}

/** Creates the handler of an unsupported method: 405 with `Allow`, or 404 if the route has no methods. */
export function refuseMethod(dialect: 'robots' | 'v1', allowed: readonly Method[]): RouteHandler {
  if (allowed.length === 0)
    return (request) =>
      respond(dialect, request, () => Promise.reject(new AppError('ROUTE_NOT_FOUND', { reason: 'call_not_found' })))
  return (request) => {
    const refusal = new AppError('METHOD_NOT_ALLOWED', {
      reason: 'method_not_allowed',
      params: { method: request.method },
    })
    return respond(dialect, request, () => Promise.reject(refusal), { Allow: allowed.join(', ') })
  }
}

function handle(dialect: 'robots' | 'v1', match: Operation): RouteHandler {
  const handler: RouteHandler = (request, { params }) =>
    respond(dialect, request, async () => traceCall(match, request, (await params) ?? {}))
  return Object.assign(handler, { contract: match.contract })
}

async function traceCall(match: Operation, request: Request, params: Path): Promise<WireResponse> {
  const { method, path } = match.contract
  const robotId = String(params['robotId'] ?? '')
  const attributes = {
    'http.request.method': method,
    'http.route': path,
    'wxbot.request_id': request.headers.get('x-request-id') ?? undefined,
    'wxbot.robot_id': isRobotId(robotId) ? robotId : undefined,
  }
  const parent = parseTraceParent(request.headers.get('traceparent'))
  return withSpan(`${method} ${path}`, { kind: 'server', parent, attributes }, async (span) => {
    const response = await act(match, request, params)
    span.set({ 'http.response.status_code': response.status })
    return response
  })
}

async function act({ contract, run }: Operation, request: Request, params: Path): Promise<WireResponse> {
  const ctx = webContext()
  const bearer = readBearer(request)
  // With a token in the header, unreadable parameters are reported after the token; without it, they would contain the token.
  const names = ['token', ...Object.keys(contract.parameters.shape)]
  const reading = readParameters(request, names, contract.takesUpload && maxUploadBodyBytes)
  const query = bearer === null ? await reading : await reading.catch((error: unknown) => ({ error }))
  // Postgres rejects NUL in text; with a replacement character the id is simply unknown.
  const path = (name: string) => String(params[name] ?? '').replaceAll('\0', '\ufffd')
  const token = bearer ?? ('token' in query ? query.token : undefined)
  const { caller, robot } = await authenticate(ctx, request, { token, robotId: path('robotId') })
  requirePermission(caller, contract, path('robotId'))
  const parsed = contract.parameters.safeParse(bearer === null ? query : await reading, { reportInput: true })
  if (!parsed.success) throw describeIssue(parsed.error)
  const who = { actor: `token:${caller.tokenId}`, peerAddress: peerAddress(request) }
  const data = await run({
    ctx,
    caller,
    who,
    request,
    parameters: parsed.data as never,
    path,
    requireRobot: () => found(robot),
  })
  return renderEnvelope(contract.status ?? 200, data ?? undefined)
}

/** Returns the token in the header, which takes precedence; null: none. Spec: A3 (access token). */
function readBearer(request: Request): string | null {
  return /^Bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]?.trim() ?? null
}

function found(robot: RobotRow | null): RobotRow {
  if (!robot) throw robotNotFound()
  return robot
}

async function authenticate(
  ctx: WebContext,
  request: Request,
  { token, robotId }: { token: unknown; robotId: string },
): Promise<{ caller: Caller; robot: RobotRow | null }> {
  if (token === undefined || token === '')
    throw new AppError('TOKEN_MISSING', { reason: 'token_missing', parameter: 'token' })
  if (typeof token !== 'string')
    throw new AppError('INVALID_PARAMETER', { reason: 'token_not_text', parameter: 'token' })
  const match = await (
    isRobotId(robotId)
      ? authenticateForRobot(ctx.db, { token, robotId })
      : authenticateToken(ctx.db, token).then((caller) => ({ caller, robot: null }))
  )
    .then((accepted) => {
      requireAddress(accepted.caller, request)
      return accepted
    })
    .catch(async (error: unknown) => {
      if (error instanceof AppError && (error.code === 'TOKEN_UNKNOWN' || error.code === 'TOKEN_NOT_PERMITTED'))
        await limitAddress(ctx.limiter, request, { purpose: 'unknown-token', perMinute: unknownTokensPerMinute })
      throw error
    })
  await limitToken(ctx.limiter, match.caller)
  return match
}

async function respond(
  dialect: 'robots' | 'v1',
  request: Request,
  run: () => Promise<WireResponse>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const startedAt = performance.now()
  let failure: unknown
  const response = await run().catch((thrown: unknown) => {
    failure = thrown
    return renderError(dialect, thrown)
  })
  Object.assign(response.headers, headers)
  const { log } = webContext()
  const logEntry = {
    requestId: request.headers.get('x-request-id'),
    method: request.method,
    path: new URL(request.url).pathname,
    status: response.status,
    code: failure instanceof AppError ? failure.code : undefined,
    durationMs: Math.round(performance.now() - startedAt),
  }
  if (failure && !(failure instanceof AppError)) log.error({ ...logEntry, err: failure }, 'request failed')
  else log.info(logEntry, 'request')
  return new Response(response.body, response)
}
