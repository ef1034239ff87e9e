import * as z from 'zod'
import type { GatewayDevice } from '@/simulator/gateway/data'
import type { Simulator } from '@/simulator/protocol/context'

/** A refusal in the wire's own terms: `ret` 500 with this code. */
export class GatewayRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export type CallInput = {
  simulator: Simulator
  token: string
  /** null: the call does not name a device. */
  device: GatewayDevice | null
  body: Record<string, unknown>
  /** Origin of this simulator, for links. */
  origin: string
}

/** One call; returns the `data` of the response. */
export type GatewayCall = (input: CallInput) => unknown

/** @throws GatewayRefusal */
export function readFields<Shape extends z.ZodRawShape>(
  { body }: CallInput,
  shape: Shape,
): z.output<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(body)
  if (!parsed.success) throw new GatewayRefusal('-1', `参数错误：${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  return parsed.data
}

/** Returns the device of a call and its account. @throws GatewayRefusal */
export function accountOf({ device }: CallInput): { device: GatewayDevice; wxid: string } {
  if (!device?.wxid) throw new GatewayRefusal('-2', '设备不在线')
  return { device, wxid: device.wxid }
}
