import { and, eq, isNull, isNotNull } from 'drizzle-orm'
import { callbackPath } from '@/lib/connector/connector-types'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { readAppId, saveAppId } from '@/lib/gateway/device'
import { completeEvents, readEvents } from '@/lib/gateway/stored-events'
import { deleteOutgoingFile, storeOutgoingFile } from '@/lib/media/outgoing-file'
import type { Sealer } from '@/lib/secret'
import { GatewayRobot } from '@/worker/gateway/session/gateway-robot'
import { type GatewayStore, type GatewayTimes, usualTimes } from '@/worker/gateway/session/gateway-session'
import type { WechatPort } from '@/worker/wechat/port'

type Options = {
  db: Db
  sealer: Sealer
  /** Decides which addresses a gateway may have. */
  egress: EgressPolicy
  /** Where a gateway posts events and fetches images. */
  publicUrl: string
  times?: GatewayTimes | undefined
}

/** Makes the port to gateways in GeWe's wire format; the address of each is in its connector. */
export function createGatewayPort({ times = usualTimes, egress, ...context }: Options): WechatPort {
  return {
    open: (options) => new GatewayRobot({ ...options, egress, times, store: openStore(context, options) }),
  }
}

function openStore(
  { db, sealer, publicUrl }: Pick<Options, 'db' | 'sealer' | 'publicUrl'>,
  { robotId }: { robotId: string },
): GatewayStore {
  return {
    async readAccess() {
      const [robot] = await db.select({ connectorId: robots.connectorId }).from(robots).where(eq(robots.id, robotId))
      const connector = robot?.connectorId
        ? await openConnectorSecrets(db, { sealer, connectorId: robot.connectorId })
        : null
      if (connector?.type !== 'gateway') return null
      return {
        access: { ...connector.settings, ...connector.secrets },
        callbackUrl: publicUrl + callbackPath('gateway', connector.callbackKey),
      }
    },
    readAppId: () => readAppId(db, { robotId }),
    saveAppId: (appId) => saveAppId(db, { robotId, appId }),
    readEvents: (query) => readEvents(db, { robotId, ...query }),
    completeEvents: (query) => completeEvents(db, { robotId, ...query }),
    async listRooms() {
      const known = await db
        .select({ wechatId: rooms.wechatId })
        .from(rooms)
        .where(and(eq(rooms.robotId, robotId), isNull(rooms.goneAt), isNotNull(rooms.wechatId)))
      return known.flatMap(({ wechatId }) => wechatId ?? [])
    },
    async shareFile(file) {
      const id = await storeOutgoingFile(db, { robotId, ...file })
      return { url: `${publicUrl}/v1/media/${id}`, withdraw: () => deleteOutgoingFile(db, id) }
    },
  }
}
