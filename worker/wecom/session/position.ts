import { z } from 'zod'

const saved = z.object({
  v: z.literal(1),
  openKfId: z.string().min(1),
  /** Name of the account. */
  name: z.string(),
  /** Link by which anyone opens a chat; missing: WeCom gave none. */
  contactUrl: z.string().optional(),
  /** "" before the first pull. */
  cursor: z.string(),
})

/**
 * The position of a robot in the message stream of its account. A later pull from this position returns all entries after it that are not older
 * than three days.
 */
export type KfPosition = z.output<typeof saved>

export function writePosition(position: KfPosition): string {
  return JSON.stringify(position)
}

/** Reads a stored position; null for one that is not ours. */
export function readPosition(text: string): KfPosition | null {
  try {
    return saved.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
