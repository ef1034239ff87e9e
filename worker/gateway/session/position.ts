import { z } from 'zod'

const saved = z.object({
  v: z.literal(1),
  /** The device at the gateway; a new one restarts waiting periods and risk. */
  appId: z.string().min(1),
  wxid: z.string().min(1),
  nickname: z.string(),
  /** Number of the last stored callback that was processed; 0: none yet. */
  cursor: z.number(),
})

/** Everything that a later process needs to continue without a scan. */
export type GatewayPosition = z.output<typeof saved>

export function writePosition(position: GatewayPosition): string {
  return JSON.stringify(position)
}

/** Reads a stored position. null: not one of ours. */
export function readPosition(text: string): GatewayPosition | null {
  try {
    return saved.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
