import type { Logger } from '@/lib/logger'
import type { GatewayAccess, GatewayClient } from '@/worker/gateway/client/gateway-client'
import type { AddressBook } from '@/worker/gateway/session/address-book'
import type { GatewayPosition } from '@/worker/gateway/session/position'
import type { LoginNumber } from '@/worker/ilink/session/login-number'
import type { CommitQueue } from '@/worker/wechat/session/commit-queue'

/** Pauses between calls. */
export type GatewayTimes = {
  /** Interval between two polls of a login code. */
  codePauseMs: number
  /** Interval between two checks whether the account is online. */
  checkMs: number
  /** Pause after a failed check. */
  retryMs: number
  /** Interval between two polls for stored callbacks, in case a wake was lost. */
  receiveMs: number
}

export const usualTimes: GatewayTimes = { codePauseMs: 5_000, checkMs: 60_000, retryMs: 5_000, receiveMs: 5_000 }

/** A stored callback that is not processed yet. */
export type StoredEvent = { id: number; body: string }

/** What a robot keeps in the database, besides its session. */
export type GatewayStore = {
  /** null: its connector was removed. */
  readAccess(): Promise<{ access: GatewayAccess; callbackUrl: string } | null>
  /** Returns the device of earlier logins. "": none. */
  readAppId(): Promise<string>
  saveAppId(appId: string): Promise<void>
  readEvents(options: { afterId: number; limit: number }): Promise<StoredEvent[]>
  completeEvents(options: { upToId: number }): Promise<void>
  /** Lists the ids of the rooms that the robot is known to be in. */
  listRooms(): Promise<string[]>
  /** Makes a file available at a link of its own until `withdraw`, or for some minutes. */
  shareFile(file: { bytes: Buffer; contentType: string }): Promise<{ url: string; withdraw(): Promise<void> }>
}

/** One robot's connection to its gateway, shared by the loops that work on it. */
export type GatewaySession = {
  client: GatewayClient
  store: GatewayStore
  events: CommitQueue
  book: AddressBook
  number: LoginNumber
  log: Logger
  times: GatewayTimes
  isLeaseValid: () => boolean
  onSynced: (() => void) | undefined
  /** Aborted when the connection is detached or the session is over. */
  signal: AbortSignal
  phase: 'opening' | 'online' | 'reconnecting'
  /** null: not yet logged in. */
  position: GatewayPosition | null
  /** Whether the account has to be checked before the next regular time. */
  isCheckDue: boolean
  /** Ends the pause of the loop that receives. */
  wake: () => void
}
