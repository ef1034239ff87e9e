import type { Logger } from '@/lib/logger'
import type { WechatAccount } from '@/worker/wechat/port'
import type { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { WecomClient } from '@/worker/wecom/client/wecom-client'
import type { HintWatcher } from '@/worker/wecom/session/hint-watcher'
import type { WecomTimes } from '@/worker/wecom/session/kf-session'

/** The groups that callbacks named, up to the one with this id. */
export type GroupHint = { id: number; chatIds: string[] }

/** The robot's side of a company's customer groups. */
export type GroupSession = {
  client: WecomClient
  events: CommitQueue
  log: Logger
  times: WecomTimes
  hints: HintWatcher<GroupHint>
  /** Reads the owners whose groups are read; []: everyone in the visible range. */
  readOwners: () => Promise<string[]>
  signal: AbortSignal
  isLeaseValid: () => boolean
  onSynced: (() => void) | undefined
  account: WechatAccount
  /** resumed: it was online before, another worker's session. */
  phase: 'opening' | 'resumed' | 'online' | 'reconnecting'
}
