import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { roomRequestSettleSeconds } from '@/lib/qun/advance-qun'

/** The next step of an assistant; `id` is that of the qun, the membership or the contact. */
export type Step = {
  type: 'look_up' | 'make_room' | 'rename' | 'accept' | 'remark' | 'add' | 'recount' | 'take_group' | 'drop_join_way'
  id: string
}

const now = sql`clock_timestamp()`
const isDue = (row: SQL) => sql`(${row}.retry_at is null or ${row}.retry_at <= ${now})`
const isNotCoolingDown = (robotId: SQL, operation: string) => sql`not exists (select 1 from cooldowns d
  where d.robot_id = ${robotId} and d.operation = ${operation} and d.until > ${now})`

/** SQL: a customer group of a company is behind the qun. Spec: E7 (customer groups). */
const isOnCustomerGroup = sql`exists (select 1 from robots b where b.id = q.robot_id and b.connection = 'wecom_group')`

/** Returns SQL for all steps that can be taken now, of the robots whose `robot_id` matches. */
function openSteps(matchesRobot: (robotId: SQL) => SQL): SQL {
  const [q, m] = [sql.raw('q'), sql.raw('m')]
  const ofQun = sql.raw('q.robot_id')
  return sql`
    select 1 as rank, 'look_up' as type, q.id, q.robot_id, q.created_at from quns q
      where ${matchesRobot(ofQun)} and q.state = 'pending' and q.owner_id is null and q.is_lookup_due
        and not ${isOnCustomerGroup}
    union all
    select 2, 'accept', m.id, q.robot_id, m.created_at from memberships m
      join quns q on q.id = m.qun_id join contacts c on c.id = m.contact_id
      where ${matchesRobot(ofQun)} and m.state = 'requested' and q.state <> 'closed' and c.username is not null
        and ${isDue(m)} and ${isNotCoolingDown(ofQun, 'accept_friend')}
    union all
    select 3, 'remark', c.id, c.robot_id, c.created_at from contacts c
      where ${matchesRobot(sql.raw('c.robot_id'))} and c.remarked_at is null and c.username is not null
        and ${isNotCoolingDown(sql.raw('c.robot_id'), 'set_remark')}
        and (exists (select 1 from companions p where p.contact_id = c.id)
          or exists (select 1 from memberships m where m.contact_id = c.id and m.state in ('known', 'invited', 'joined')))
    union all
    select 4, 'make_room', q.id, q.robot_id, q.created_at from quns q
      join contacts c on c.id = q.owner_id
      where ${matchesRobot(ofQun)} and q.state = 'pending' and c.username is not null and ${isDue(q)}
        and (q.room_requested_at is null or q.room_requested_at < ${now} - make_interval(secs => ${roomRequestSettleSeconds})
          or exists (select 1 from rooms r where r.robot_id = q.robot_id and r.name = q.nonce_name and r.gone_at is null))
        and ${isNotCoolingDown(ofQun, 'make_room')}
        and not exists (select 1 from memberships m where m.qun_id = q.id and m.contact_id = c.id and m.state = 'requested')
    union all
    select 5, 'rename', q.id, q.robot_id, q.created_at from quns q join rooms r on r.id = q.room_id
      where ${matchesRobot(ofQun)} and q.state = 'open' and r.username is not null
        and (q.nonce_name is not null or (q.is_rename_due and not ${isOnCustomerGroup})) and ${isDue(q)} and ${isNotCoolingDown(ofQun, 'rename_room')}
    union all
    select 6, 'add', m.id, q.robot_id, m.created_at from memberships m
      join quns q on q.id = m.qun_id join contacts c on c.id = m.contact_id join rooms r on r.id = q.room_id
      where ${matchesRobot(ofQun)} and m.state = 'known' and q.state = 'open' and q.paused_at is null and q.full_at is null
        and c.username is not null and r.username is not null and ${isDue(m)} and ${isNotCoolingDown(ofQun, 'add_member')}
    union all
    select 7, 'recount', q.id, q.robot_id, q.created_at from quns q join rooms r on r.id = q.room_id
      where ${matchesRobot(ofQun)} and q.is_recount_due and q.state = 'open' and r.username is not null
    union all
    select 8, 'take_group', q.id, q.robot_id, q.created_at from quns q
      where ${matchesRobot(ofQun)} and ${isOnCustomerGroup} and ${isDue(q)}
        and ((q.state = 'pending' and q.is_lookup_due) or (q.state = 'open' and q.paused_at is null and not exists (
          select 1 from qun_join_ways w where w.qun_id = q.id and w.bytes is not null)))
    union all
    select 9, 'drop_join_way', q.id, q.robot_id, q.created_at from qun_join_ways w join quns q on q.id = w.qun_id
      where ${matchesRobot(ofQun)} and ${isDue(q)} and (q.state = 'closed' or q.paused_at is not null)`
}

/** Returns the most urgent step of a robot; null: nothing can be done now. */
export async function nextStep(db: Db, { robotId }: { robotId: string }): Promise<Step | null> {
  const [step] = await db.execute<Step>(sql`
    select type, id from (${openSteps((column) => sql`${column} = ${robotId}`)}) steps order by rank, created_at, id limit 1`)
  return step ?? null
}

/** Lists online robots with a step to take: a deferred step is due, or its wake was lost (G5). */
export async function listRobotsWithSteps(db: Db): Promise<string[]> {
  const isOnline = (robotId: SQL) => sql`${robotId} in (select s.robot_id from sessions s where s.state = 'online')`
  const rows = await db.execute<{ robotId: string }>(sql`
    select distinct robot_id as "robotId" from (${openSteps(isOnline)}) steps limit 500`)
  return [...rows].map(({ robotId }) => robotId)
}
