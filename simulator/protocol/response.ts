import type { ProtocolContext } from '@/simulator/protocol/context'

/** Ends a call with only this Ret. */
export class WechatRet extends Error {
  constructor(
    readonly ret: number,
    message = '',
  ) {
    super(message)
  }
}

/** Returns JSON with its BaseResponse, with WeChat's content type text/plain. */
export function respond(c: ProtocolContext, body: Record<string, unknown> = {}, ret = 0, message = ''): Response {
  c.get('call').ret = ret
  return c.body(JSON.stringify({ BaseResponse: { Ret: ret, ErrMsg: message }, ...body }), 200, {
    'Content-Type': 'text/plain; charset=UTF-8',
  })
}

/** Returns a script of the kind that WeChat's pages evaluate. */
export function scriptResponse(c: ProtocolContext, script: string): Response {
  return c.body(script, 200, { 'Content-Type': 'text/javascript; charset=UTF-8' })
}

/** Reads a JSON body. @throws WechatRet 1 if the body is not an object. */
export async function readJson(c: ProtocolContext): Promise<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(await c.req.text())
    if (isRecord(body)) return body
  } catch {
    // Invalid JSON gets the same response as JSON of another shape.
  }
  throw new WechatRet(1, 'the body is no JSON object')
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
