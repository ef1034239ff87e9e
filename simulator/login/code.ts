import { randomBytes } from 'node:crypto'

import { findPersonOrThrow } from '@/simulator/world/find-person'
import { randomHex } from '@/simulator/world/random'
import type { Code, CodeState, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

const codeLifeMs = 5 * 60_000
const maxCodes = 50

/** Creates a login code, as jslogin does; it expires after five minutes. */
export function offerCode(world: World): Code {
  const code: Code = {
    uuid: randomBytes(10).toString('base64url').slice(0, 10) + '==',
    state: 'waiting',
    wxid: null,
    ticket: null,
    scanTold: false,
    createdAtMs: Date.now(),
    expiresAtMs: Date.now() + codeLifeMs,
  }
  world.data.codes[code.uuid] = code
  const uuids = Object.keys(world.data.codes)
  for (const uuid of uuids.slice(0, Math.max(0, uuids.length - maxCodes))) delete world.data.codes[uuid]
  touchWorld(world)
  return code
}

/** Returns a code, marked as expired if it is past its expiry. */
export function findCode(world: World, uuid: string): Code | undefined {
  const code = Object.hasOwn(world.data.codes, uuid) ? world.data.codes[uuid] : undefined
  if (code && isOpen(code.state) && code.expiresAtMs <= Date.now()) code.state = 'expired'
  return code
}

/** @throws CONFLICT if the code is no longer waiting or the account cannot log in. */
export function scanCode(world: World, { uuid, wxid }: { uuid: string; wxid: string }): Code {
  const person = findPersonOrThrow(world, wxid)
  if (!person.canLogIn) throw new WorldError('CONFLICT', `${wxid} plays no account that can scan`)
  return moveCode(world, uuid, ['waiting'], { state: 'scanned', wxid, scanTold: false })
}

/** @throws CONFLICT unless the code was scanned (by `wxid`, if given). */
export function confirmCode(world: World, { uuid, wxid }: { uuid: string; wxid?: string }): Code {
  if (wxid !== undefined && findCode(world, uuid)?.wxid !== wxid) {
    throw new WorldError('CONFLICT', `${wxid} has not scanned this code`)
  }
  return moveCode(world, uuid, ['scanned'], { state: 'confirmed', ticket: `A${randomHex(12)}@qrticket_0` })
}

export function refuseCode(world: World, uuid: string): Code {
  return moveCode(world, uuid, ['waiting', 'scanned'], { state: 'refused' })
}

export function expireCode(world: World, uuid: string): Code {
  return moveCode(world, uuid, ['waiting', 'scanned'], { state: 'expired' })
}

/** Consumes the ticket of a confirmed code and returns the account's wxid; `undefined` if the ticket is wrong or used. */
export function useTicket(world: World, { uuid, ticket }: { uuid: string; ticket: string }): string | undefined {
  const code = findCode(world, uuid)
  if (!code?.wxid || code.state !== 'confirmed' || code.ticket !== ticket) return undefined
  moveCode(world, uuid, ['confirmed'], { state: 'used' })
  return code.wxid
}

function isOpen(state: CodeState): boolean {
  return state === 'waiting' || state === 'scanned'
}

function moveCode(world: World, uuid: string, from: CodeState[], change: Partial<Code>): Code {
  const code = findCode(world, uuid)
  if (!code) throw new WorldError('NOT_FOUND', `there is no code ${uuid}`)
  if (!from.includes(code.state)) throw new WorldError('CONFLICT', `the code is ${code.state}`)
  Object.assign(code, change)
  world.events.emit(`code ${uuid}`)
  touchWorld(world)
  return code
}
