import type { Logger } from '@/lib/logger'
import type { WechatAccount } from '@/worker/wechat/port'
import type { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { WecomClient } from '@/worker/wecom/client/wecom-client'
import type { WecomTimes } from '@/worker/wecom/session/kf-session'

/** Reads which groups callbacks named after the hint `afterId`; null: none. */
export type GroupHints = (query: { afterId: number }) => Promise<{ id: number; chatIds: string[] } | null>

/** The robot's side of a company's customer groups. */
export type GroupSession = {
  client: WecomClient
  events: CommitQueue
  log: Logger
  times: WecomTimes
  hints: GroupHints
  signal: AbortSignal
  isLeaseValid: () => boolean
  /** Takes what a wake of the robot calls. */
  onRing: (ring: () => void) => void
  account: WechatAccount
  /** resumed: it was online before, another worker's session. */
  phase: 'opening' | 'resumed' | 'online' | 'reconnecting'
  lastHintId: number
}
