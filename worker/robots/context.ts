import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Db, Tx } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { Greeting } from '@/lib/membership/handle-greeting'
import type { QueueBackend } from '@/lib/queue/backend'
import type { Sealer } from '@/lib/secret'
import type { ConnectionPorts } from '@/worker/open-ports'

/** Collaborators and settings of the robots of one worker. */
export type WorkerContext = BatchHooks & {
  workerId: string
  db: Db
  queue: QueueBackend
  sealer: Sealer
  log: Logger
  ports: ConnectionPorts
  /** Decides which addresses image links may point to. */
  egress: EgressPolicy
  publicUrl: string
  leaseSeconds: number
  /** Maximum size of the received files kept per application; 0: no limit. */
  maxMediaBytes: number
}

/** Called in the transaction that stores a batch of events. Each returns whether the robot then has work to do. */
export type BatchHooks = {
  /** Receives each private text, and the greeting of each friend request with its ticket. */
  onPrivateMessage(tx: Tx, message: Greeting): Promise<boolean>
  onRoomsChanged(tx: Tx, changed: { robotId: string; roomIds: string[] }): Promise<boolean>
}
