import { randomUUID } from 'node:crypto'
import { type GatewayCode, type GatewayDevice, gatewayOf } from '@/simulator/gateway/data'
import { findPersonOrThrow } from '@/simulator/world/find-person'
import { randomHex } from '@/simulator/world/random'
import { touchWorld, type World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

const codeLifeMs = 240_000
const maxCodes = 50

/** Issues a login code for a device; an empty `appId` creates the device. @throws NOT_FOUND */
export function createGatewayCode(world: World, { appId, token }: { appId: string; token: string }): GatewayCode {
  const { codes } = gatewayOf(world)
  const device = appId ? getGatewayDevice(world, { appId, token }) : createDevice(world, token)
  for (const code of Object.values(codes)) if (code.appId === device.appId) code.state = endStateOf(code)
  for (const uuid of Object.keys(codes).slice(0, -maxCodes)) delete codes[uuid]
  const code: GatewayCode = {
    uuid: randomHex(10),
    appId: device.appId,
    state: 'waiting',
    wxid: null,
    number: null,
    isCheckOpen: false,
    expiresAtMs: Date.now() + codeLifeMs,
  }
  codes[code.uuid] = code
  touchWorld(world)
  return code
}

function createDevice(world: World, token: string): GatewayDevice {
  const device = { appId: `wx_${randomUUID().slice(0, 18)}`, token, wxid: null, isOnline: false, canReconnect: true }
  gatewayOf(world).devices[device.appId] = device
  return device
}

const endStateOf = ({ state }: GatewayCode) => (state === 'waiting' || state === 'scanned' ? 'expired' : state)

/** Returns a device of this token. @throws NOT_FOUND */
export function getGatewayDevice(world: World, { appId, token }: { appId: string; token: string }): GatewayDevice {
  const { devices } = gatewayOf(world)
  const device = Object.hasOwn(devices, appId) ? devices[appId] : undefined
  if (device?.token !== token) throw new WorldError('NOT_FOUND', `there is no device ${appId}`)
  return device
}

/** Returns a code in its current state. @throws NOT_FOUND */
export function getGatewayCode(world: World, uuid: string): GatewayCode {
  const { codes } = gatewayOf(world)
  const code = Object.hasOwn(codes, uuid) ? codes[uuid] : undefined
  if (!code) throw new WorldError('NOT_FOUND', `there is no gateway code ${uuid}`)
  if (code.expiresAtMs < Date.now()) code.state = endStateOf(code)
  return code
}

/** Records a person's scan; the login may require a number, and a face or slider check. @throws CONFLICT */
export function scanGatewayCode(
  world: World,
  { uuid, wxid, number = null, check = false }: { uuid: string; wxid: string; number?: string | null; check?: boolean },
): GatewayCode {
  const code = getGatewayCode(world, uuid)
  findPersonOrThrow(world, wxid)
  if (code.state !== 'waiting') throw new WorldError('CONFLICT', `the code is ${code.state}`)
  Object.assign(code, { state: 'scanned', wxid, number, isCheckOpen: check })
  touchWorld(world)
  return code
}

/** Passes the face or slider check. @throws CONFLICT if none is open */
export function passGatewayCheck(world: World, uuid: string): GatewayCode {
  const code = getGatewayCode(world, uuid)
  if (code.state !== 'scanned' || !code.isCheckOpen) throw new WorldError('CONFLICT', 'no check is open')
  code.isCheckOpen = false
  touchWorld(world)
  return code
}

/** Enters the number that the phone shows; returns whether it is the right one. */
export function enterGatewayNumber(world: World, code: GatewayCode, number: string): boolean {
  if (number !== code.number) return false
  code.number = null
  touchWorld(world)
  return true
}

/** Confirms a login: the account is then online with this device only. @throws CONFLICT */
export function confirmGatewayCode(world: World, uuid: string): GatewayCode {
  const code = getGatewayCode(world, uuid)
  const { devices } = gatewayOf(world)
  const device = devices[code.appId]
  if (code.state !== 'scanned' || code.number !== null || code.isCheckOpen || !device)
    throw new WorldError('CONFLICT', `the code is ${code.state}, or a check is open`)
  for (const other of Object.values(devices)) if (other.wxid === code.wxid) other.isOnline = false
  Object.assign(device, { wxid: code.wxid, isOnline: true, canReconnect: true })
  code.state = 'confirmed'
  touchWorld(world)
  return code
}

/** Ends a code that is not confirmed. */
export function endGatewayCode(world: World, uuid: string, state: 'cancelled' | 'expired'): GatewayCode {
  const code = getGatewayCode(world, uuid)
  if (code.state === 'confirmed') throw new WorldError('CONFLICT', 'the code is confirmed')
  code.state = state
  touchWorld(world)
  return code
}

/** Ends an account's session at the gateway; with `canReconnect` the next reconnection succeeds. */
export function dropGatewayDevice(
  world: World,
  device: GatewayDevice,
  { canReconnect }: { canReconnect: boolean },
): void {
  Object.assign(device, { isOnline: false, canReconnect })
  touchWorld(world)
}
