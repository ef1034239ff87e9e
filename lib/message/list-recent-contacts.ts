import { sql } from 'drizzle-orm'
import { capabilitiesOf, isBoundToOwner } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import { getConnection } from '@/lib/robot/get-connection'

export type RecentContact = { id: string; nickname: string; isOwner: boolean }

const maxContacts = 100

/**
 * Lists up to 100 people that a robot can write to: the bound owner, otherwise the senders of private messages, latest first. If the
 * connection has rooms, only senders of the current login, because ids change with each login. Spec: E5 (iLink).
 */
export async function listRecentContacts(
  db: Db,
  { robotId, connection }: { robotId: string; connection: RobotConnection },
): Promise<RecentContact[]> {
  if (isBoundToOwner(connection)) {
    const { wechatUin } = await getConnection(db, { robotId })
    return wechatUin === null ? [] : [{ id: wechatUin, nickname: '', isOwner: true }]
  }
  // Without rooms ids are permanent; otherwise people have other names in each login.
  const hasRooms = capabilitiesOf[connection].rooms
  return [
    ...(await db.execute<RecentContact>(sql`
      select peer_username as id, (array_agg(sender_name order by sequence desc))[1] as nickname, false as "isOwner"
        from messages where robot_id = ${robotId} and direction = 'in' and room_id is null and peer_username is not null
          and (${!hasRooms} or created_at >= (select online_at from sessions where robot_id = ${robotId} and state <> 'ended'))
        group by peer_username order by max(sequence) desc limit ${maxContacts}`)),
  ]
}
