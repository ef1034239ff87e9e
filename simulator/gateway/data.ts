import type { World } from '@/simulator/world/world'

export type GatewayCodeState = 'waiting' | 'scanned' | 'confirmed' | 'cancelled' | 'expired'

/** A login code of a device, and the checks that its login still requires. */
export type GatewayCode = {
  uuid: string
  appId: string
  state: GatewayCodeState
  /** The person who scanned; null: not yet scanned. */
  wxid: string | null
  /** The number that the phone shows; null: none is required, or it was entered. */
  number: string | null
  /** Whether a face or slider check is still open. */
  isCheckOpen: boolean
  expiresAtMs: number
}

/** A device of the gateway, which keeps its id for all logins. */
export type GatewayDevice = {
  appId: string
  token: string
  wxid: string | null
  isOnline: boolean
  canReconnect: boolean
}

/** How a callback spells ids and texts; `rotate` takes the next spelling for each event. */
export const callbackShapes = ['document', 'texts', 'longs', 'flat', 'rotate'] as const
export type CallbackShape = (typeof callbackShapes)[number]

export type GatewayData = {
  codes: Record<string, GatewayCode>
  devices: Record<string, GatewayDevice>
  /** The callback URL of each token. */
  callbackUrls: Record<string, string>
  shape: CallbackShape
}

/** Returns the gateway's part of the world; creates it in a world saved by a version without it. */
export function gatewayOf(world: World): GatewayData {
  world.data.gateway ??= { codes: {}, devices: {}, callbackUrls: {}, shape: 'rotate' }
  return world.data.gateway
}

/** Returns the device that an account is online with. */
export function findOnlineDevice(world: World, wxid: string): GatewayDevice | undefined {
  return Object.values(gatewayOf(world).devices).find((device) => device.isOnline && device.wxid === wxid)
}
