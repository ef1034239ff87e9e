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
}
