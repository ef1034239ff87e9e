import type { Logger } from '@/lib/logger'
import type { IlinkClient } from '@/worker/ilink/client/ilink-client'
import type { LoginNumber } from '@/worker/ilink/session/login-number'
import type { IlinkPosition } from '@/worker/ilink/session/position'
import type { CommitQueue } from '@/worker/wechat/session/commit-queue'

/** Pauses between calls. */
export type IlinkTimes = {
  /** Interval between two status requests for a QR code. */
  codePauseMs: number
  /** Pause after a failed poll. */
  retryMs: number
  /** Pause after the third and each further consecutive failed poll. */
  outageMs: number
}

export const usualTimes: IlinkTimes = { codePauseMs: 1_000, retryMs: 2_000, outageMs: 30_000 }

/** One robot's connection to iLink, shared by its loops. */
export type IlinkSession = {
  client: IlinkClient
  events: CommitQueue
  log: Logger
  times: IlinkTimes
  ilinkOrigin: string | undefined
  isLeaseValid: () => boolean
  onSynced: (() => void) | undefined
  /** Aborted when the connection is detached or the session has ended. */
  signal: AbortSignal
  number: LoginNumber
  phase: 'opening' | 'online' | 'reconnecting'
  /** null: not yet logged in. */
  position: IlinkPosition | null
}
