import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { MiddlewareHandler } from 'hono'

import type { ProtocolContext, ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { clientSignal } from '@/simulator/protocol/context'
import type { Fault } from '@/simulator/faults/fault-registry'
import { retResponse } from '@/simulator/faults/ret-response'

const htmlPage =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'

/** Applies matching faults to calls; other calls pass unchanged. */
export function applyFaults({ faults }: Simulator): MiddlewareHandler<ProtocolEnv> {
  return async (c, next) => {
    const fault = faults.take(c.req.path, c.get('call').wxid)
    if (!fault) return next()
    if (fault.when === 'after') await next()
    // Recorded when the call has taken effect, so that a test that waits for the fault may end the client at once.
    c.get('call').fault = fault.kind

    if (fault.kind === 'delay' || fault.kind === 'hold') {
      await waitForRelease(c, fault, fault.kind === 'delay' ? (fault.delayMs ?? 1_000) : undefined)
      return fault.when === 'before' ? next() : undefined
    }
    if (fault.kind === 'no-members') {
      if (fault.when === 'before') await next()
      c.res = new Response(withoutMembers(await c.res.text()), { headers: c.res.headers })
      return undefined
    }
    if (fault.kind === 'hang') await waitForRelease(c, fault, undefined)
    const response = await buildFaultyResponse(c, fault)
    // Without this, Hono would keep the headers of the response that it replaces.
    c.res = undefined
    c.res = response
    return undefined
  }
}

/** Waits until the fault is released or deleted, the delay is over, or the client disconnects. */
function waitForRelease(c: ProtocolContext, fault: Fault, delayMs: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    const release = () => {
      clearTimeout(timer)
      fault.held.delete(release)
      resolve()
    }
    const timer = delayMs === undefined ? undefined : setTimeout(release, delayMs)
    fault.held.add(release)
    clientSignal(c).addEventListener('abort', release)
  })
}

async function buildFaultyResponse(c: ProtocolContext, fault: Fault): Promise<Response> {
  const html = { 'Content-Type': 'text/html; charset=UTF-8' }
  switch (fault.kind) {
    case 'status':
      return new Response(htmlPage, { status: fault.status ?? 502, headers: html })
    case 'html':
      return new Response(htmlPage, { headers: html })
    case 'ret':
      c.get('call').ret = fault.ret ?? 1
      return retResponse(c.req.path, fault.ret ?? 1)
    case 'cut': {
      const text = fault.when === 'after' ? await c.res.text() : '{"BaseResponse": {"Ret": 0, "ErrMsg": "", "Msg'
      return new Response(text.slice(0, Math.max(10, Math.floor(text.length / 2))), { headers: c.res.headers })
    }
    case 'no-base-response':
      return new Response(fault.when === 'after' ? withoutBaseResponse(await c.res.text()) : '{}')
    default:
      c.env.incoming.socket.resetAndDestroy()
      return RESPONSE_ALREADY_SENT
  }
}

/** Removes the members of every room from a response, as WeChat sometimes does for the account's own rooms. */
function withoutMembers(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (key, value: unknown) => (key === 'MemberList' && isRoomMemberList(value) ? [] : value)),
  )
}

/** Returns whether a MemberList contains room members, not a page of contacts. */
function isRoomMemberList(value: unknown): boolean {
  return Array.isArray(value) && value.every((member) => !Object.hasOwn(Object(member), 'ContactFlag'))
}

function withoutBaseResponse(text: string): string {
  const { BaseResponse: _dropped, ...rest } = JSON.parse(text) as Record<string, unknown>
  return JSON.stringify(rest)
}
