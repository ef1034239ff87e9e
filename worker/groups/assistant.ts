import type { Db, Tx } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { WechatConnection } from '@/worker/wechat/port'

/** WeChat's room limits and the first message in a new room. Spec: B8 (limits of WeChat) */
export type GroupSettings = {
  /** Maximum members that are added directly, assistant included; further members receive an invitation card. */
  directLimit: number
  /** Maximum members of a room, assistant included. */
  memberLimit: number
  greeting: string
}

export type GroupContext = GroupSettings & { db: Db; log: Logger; publicUrl: string }

/** What the group loop needs of a robot. The runner in `worker/robots` has this shape; neither folder imports the other. */
export type GroupRobot = {
  readonly lease: {
    readonly robotId: string
    readonly isClosing: boolean
    isValid(): boolean
    write<T>(act: (tx: Tx) => Promise<T>): Promise<T>
  }
  readonly session: { readonly state: string; readonly areRoomsKnown: boolean; readonly connection: Connection } | null
  wake(): Promise<void>
}
type Connection = Pick<WechatConnection, 'contacts' | 'listMembers' | 'perform' | 'joinWays'>

/** An assistant that is online, as a step uses it. */
export type Assistant = Pick<GroupRobot, 'lease' | 'wake'> & { context: GroupContext; connection: Connection }
