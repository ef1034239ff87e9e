import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import type { Replies } from '@/lib/queue/reply'

export type ActionContext = { db: Db; queue: QueueBackend; replies: Replies; egress: EgressPolicy; log: Logger }
