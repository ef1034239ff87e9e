import type { Logger } from '@/lib/logger'
import type { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { WecomClient } from '@/worker/wecom/client/wecom-client'
import type { KfPosition } from '@/worker/wecom/session/position'

export type WecomTimes = {
  /** Between two pulls when no callback announces entries; also recovers lost callbacks. */
  pollMs: number
  /** After a failed pull. */
  retryMs: number
  /** After the third failed pull in a row, and each further one. */
  outageMs: number
  /** Between two readings of all customer groups; also recovers lost callbacks. */
  groupSweepMs: number
}

export const usualTimes: WecomTimes = { pollMs: 60_000, retryMs: 2_000, outageMs: 30_000, groupSweepMs: 15 * 60_000 }

/** The robot's side of a 客服 account, shared by the loops that work on it. */
export type KfSession = {
  client: WecomClient
  events: CommitQueue
  log: Logger
  times: WecomTimes
  isLeaseValid: () => boolean
  onSynced: (() => void) | undefined
  /** Aborted when the connection is detached or the session is over. */
  signal: AbortSignal
  phase: 'opening' | 'online' | 'reconnecting'
  /** Messages from before the robot existed are not its own. */
  notBeforeMs: number
  /** null: the account is not yet known. */
  position: KfPosition | null
  /** Reads the robot's welcome text; "": none. */
  readWelcome: () => Promise<string>
  /** Nicknames of customers, by their id; bounded. */
  names: Map<string, string>
}
