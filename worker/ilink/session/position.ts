import { z } from 'zod'

const saved = z.object({
  v: z.literal(1),
  token: z.string().min(1),
  botId: z.string().min(1),
  /** The person who scanned. */
  userId: z.string().min(1),
  /** Origin of all calls after the login. */
  baseUrl: z.string().min(1),
  /** "" before the first response. */
  cursor: z.string(),
  /** Latest context token of each person; a send to that person must contain it. */
  contexts: z.record(z.string(), z.string()),
  /** Sequence number of the last message; 0: none yet. */
  lastSeq: z.number(),
})

/** All data to resume the session without a scan. It contains the token, so it is sealed where stored. */
export type IlinkPosition = z.output<typeof saved>

export function writePosition(position: IlinkPosition): string {
  return JSON.stringify(position)
}

/** Reads a stored position; null: another format. */
export function readPosition(text: string): IlinkPosition | null {
  try {
    return saved.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
