import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import type { Sealer } from '@/lib/secret'
import type { WechatPort } from '../wechat/port'

/** What the worker's robots work with. */
export type WorkerContext = {
  workerId: string
  db: Db
  queue: QueueBackend
  sealer: Sealer
  log: Logger
  wechat: WechatPort
  /** Where image links may lead. */
  egress: EgressPolicy
  publicUrl: string
  leaseSeconds: number
  quns: QunSettings
}

/** WeChat's limits and what is said in a new room (B8). */
export type QunSettings = {
  /** How many a room takes directly, the assistant included; beyond it cards are sent. */
  directLimit: number
  memberLimit: number
  greeting: string
}
