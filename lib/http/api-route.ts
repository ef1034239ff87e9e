import type { z } from 'zod'
import { authenticateToken, type Caller } from '@/lib/application/authenticate-token'
import { AppError } from '@/lib/errors'
import type { Contract } from './contract/contract'
import { describeIssue } from './describe-issue'
import { envelopeAnswer, errorAnswer, type WireAnswer } from './dialect'
import { readParameters } from './read-parameters'
import { limitToken } from './token-limiter'
import { type WebContext, webContext } from './web-context'

type Path = Record<string, string | string[] | undefined>
export type RouteHandler = {
  (request: Request, context: { params: Promise<Path> }): Promise<Response>
  /** What it keeps to; a handler that only refuses has none. */
  contract?: Contract
}

export type ApiCall<Parameters> = {
  ctx: WebContext
  caller: Caller
  request: Request
  parameters: Parameters
  /** Decoded parts of the path. */
  path: (name: string) => string
}

export type Operation = { contract: Contract; run(call: ApiCall<never>): Promise<object | void> }

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof methods)[number]

/** One call of the API: what it takes and answers, and what it does; `run` returns the envelope's `data`. */
export function operation<Parameters extends z.ZodObject, Data extends z.ZodObject | undefined>(
  contract: Contract<Parameters, Data>,
  run: (call: ApiCall<z.output<Parameters>>) => Promise<Data extends z.ZodObject ? z.input<Data> : void>,
): Operation {
  return { contract, run }
}

/**
 * Makes a route's handlers in a dialect: token, then shape, then `run`; refused methods answer 405 with `Allow`.
 * Nothing thrown leaves it: an AppError is told by its code, all else is logged and told as our own fault.
 */
export function apiRoute(dialect: 'robots' | 'v1', operations: readonly Operation[]) {
  const operationOf = (method: Method) =>
    operations.find(({ contract }) => contract.method === (method === 'HEAD' ? 'GET' : method))
  const allowed = methods.filter(operationOf)
  const handlers = {} as Record<Method, RouteHandler>
  for (const method of methods) {
    const found = operationOf(method)
    handlers[method] = found ? handle(dialect, found) : refuseMethod(dialect, allowed)
  }
  return handlers
}

/** Makes the handler of a method that a route does not have: 405 with `Allow`, or 404 where it has none at all. */
export function refuseMethod(dialect: 'robots' | 'v1', allowed: readonly Method[]): RouteHandler {
  if (allowed.length === 0)
    return (request) => answer(dialect, request, () => Promise.reject(new AppError('ROUTE_NOT_FOUND', '没有这个接口')))
  return (request) => {
    const refusal = new AppError('METHOD_NOT_ALLOWED', `不支持 ${request.method} 方法`)
    return answer(dialect, request, () => Promise.reject(refusal), { Allow: allowed.join(', ') })
  }
}

function handle(dialect: 'robots' | 'v1', found: Operation): RouteHandler {
  const handler: RouteHandler = (request, { params }) =>
    answer(dialect, request, async () => act(found, request, await params))
  return Object.assign(handler, { contract: found.contract })
}

async function act({ contract, run }: Operation, request: Request, params: Path): Promise<WireAnswer> {
  const ctx = webContext()
  const bearer = readBearer(request)
  // With a token in the header, parameters that cannot be read come second; else they are where the token should be.
  const reading = readParameters(request, ['token', ...Object.keys(contract.parameters.shape)])
  const given = bearer === null ? await reading : await reading.catch((error: unknown) => ({ error }))
  const caller = await authenticate(ctx, bearer ?? ('token' in given ? given.token : undefined))
  const parsed = contract.parameters.safeParse(bearer === null ? given : await reading, { reportInput: true })
  if (!parsed.success) throw describeIssue(parsed.error)
  // Postgres refuses NUL in a text; with a stand-in for it such a path is as unknown as any other.
  const path = (name: string) => String(params[name] ?? '').replaceAll('\0', '\ufffd')
  const data = await run({ ctx, caller, request, parameters: parsed.data as never, path })
  return envelopeAnswer(contract.status ?? 200, data ?? undefined)
}

/** The token in the header, which wins; null where there is none. Spec: A3. */
function readBearer(request: Request): string | null {
  return /^Bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]?.trim() ?? null
}

async function authenticate(ctx: WebContext, token: unknown): Promise<Caller> {
  if (token === undefined || token === '')
    throw new AppError('TOKEN_MISSING', '参数 token 缺失', { parameter: 'token' })
  if (typeof token !== 'string')
    throw new AppError('INVALID_PARAMETER', '参数 token 类型不对，应为字符串', { parameter: 'token' })
  const caller = await authenticateToken(ctx.db, token)
  await limitToken(ctx.limiter, caller)
  return caller
}

async function answer(
  dialect: 'robots' | 'v1',
  request: Request,
  run: () => Promise<WireAnswer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const startedAt = performance.now()
  let failure: unknown
  const told = await run().catch((thrown: unknown) => {
    failure = thrown
    return errorAnswer(dialect, thrown)
  })
  Object.assign(told.headers, headers)
  const { log } = webContext()
  const line = {
    requestId: request.headers.get('x-request-id'),
    method: request.method,
    path: new URL(request.url).pathname,
    status: told.status,
    code: failure instanceof AppError ? failure.code : undefined,
    durationMs: Math.round(performance.now() - startedAt),
  }
  if (failure && !(failure instanceof AppError)) log.error({ ...line, err: failure }, 'request failed')
  else log.info(line, 'request')
  return new Response(told.body, told)
}
