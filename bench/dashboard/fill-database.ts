import type postgres from 'postgres'

/** Numbers of rows; robots and rooms are equally many. With `persons`, all messages are private and each person has a conversation. */
export type Amounts = { robots: number; messages: number; events: number; applications: number; persons?: number }

/** Words of which the texts of messages are made. */
const words = [
  '你好',
  '订单',
  '已发货',
  '请问',
  '什么时候',
  '到货',
  '谢谢',
  '微米',
  '客户',
  '优惠',
  '活动',
  '明天',
  '价格',
]

/**
 * Fills the tables that grow: messages over 180 days and callbacks with one attempt each over 30 days, the newest of both just now.
 * A thousandth of the events died and a thousandth waits. Also updates the planner's statistics.
 */
export async function fillDatabase(
  sql: postgres.Sql,
  { robots, messages, events, applications, persons = 0 }: Amounts,
): Promise<void> {
  const createTextIndexes = await dropTextIndexes(sql)
  await sql`insert into applications (id, name, callback_url, signing_secret_sealed, callback_token_sealed, created_at)
    select 'app_' || n, '应用 ' || n, 'https://shop' || n || '.example/cb', 'x', 'x', now() - n * interval '1 hour'
      from generate_series(1, ${applications}::int) n`
  await sql`insert into robots (id, application_id, username, nickname, connection, created_at)
    select 'rbt_' || n, 'app_' || 1 + n % ${applications}::int, 'user' || n, '助手 ' || n, 'web', now() - n * interval '1 minute'
      from generate_series(1, ${robots}::int) n`
  await sql`insert into sessions (id, robot_id, state, qr_key, attempt_expires_at, online_at, created_at)
    select 'ses_' || n, 'rbt_' || n, 'online', 'key' || n, now(), now() - interval '1 day', now() - interval '1 day'
      from generate_series(1, ${robots}::int) n`
  await sql`insert into rooms (id, robot_id, name, username, member_count)
    select 'room_' || n, 'rbt_' || n, '客户群 ' || n, '@@' || n, n % 500 from generate_series(1, ${robots}::int) n`
  await sql`insert into messages (id, robot_id, direction, type, state, room_id, peer_username, sender_name, content, wechat_id, created_at, finished_at)
    select 'msg_' || n, 'rbt_' || robot, (case when n % 2 = 0 then 'in' else 'out' end)::message_direction, 'text',
        (case when n % 2 = 0 then 'received' when n % 1001 = 0 then 'refused' else 'sent' end)::message_state,
        case when person is null then 'room_' || robot end, '@' || person, '王芳',
        word[1 + n % 13] || word[1 + n / 7 % 13] || word[1 + n / 91 % 13] || n, n,
        created_at, case when n % 2 = 0 then null else created_at + interval '1 second' end
      from (select n, person, 1 + coalesce(person, n) % ${robots}::int as robot,
              now() - (${messages}::int - n) * (interval '180 days' / ${messages}::int) as created_at,
              ${words}::text[] as word
          from generate_series(1, ${messages}::int) n, lateral (select n % nullif(${persons}::int, 0) as person) as sender) as rows`
  if (persons > 0) await fillConversations(sql)
  await sql`insert into callback_events
      (id, application_id, lane, type, robot_id, room_id, data, state, attempt_count, created_at, finished_at)
    select 'evt_' || n, app, 'application:' || app, 'send_message', 'rbt_' || robot, 'room_' || robot,
        jsonb_build_object('content', '你好 ' || n, 'nickname', '王芳'),
        (case when n % 1000 = 0 then 'dead' when n % 1000 = 1 then 'pending' else 'delivered' end)::callback_state, 1,
        created_at, case when n % 1000 = 1 then null else created_at + n % 900 * interval '1 ms' end
      from (select n, 1 + n % ${robots}::int as robot, 'app_' || 1 + n % ${robots}::int % ${applications}::int as app,
              now() - (${events}::int - n) * (interval '30 days' / ${events}::int) as created_at
          from generate_series(1, ${events}::int) n) as rows`
  await sql`insert into callback_attempts (id, event_id, number, started_at, duration_ms, is_delivered, http_status, response_excerpt, error)
    select 'att_' || substr(id, 5), id, 1, created_at, 12, state = 'delivered', case when state = 'delivered' then 200 else 500 end,
        'ok', case when state = 'delivered' then '' else 'HTTP 500' end
      from callback_events`
  await createTextIndexes()
  await sql`vacuum analyze`
}

/** A conversation for each person: 80 % closed, 1 % wait, 2 % have an operator's attention, 5 % are unread. */
async function fillConversations(sql: postgres.Sql): Promise<void> {
  await sql`insert into conversations (id, robot_id, peer_username, name, state, unread_count, last_message_id, last_sequence,
        last_message_at, waiting_since)
    select 'cnv_' || n, robot_id, peer_username, (array['王', '李', '张', '刘', '陈'])[1 + n % 5] || '客户' || n,
        (case when n % 100 = 0 then 'waiting' when n % 5 = 1 then 'bot' else 'closed' end)::conversation_state,
        case when n % 20 = 0 then 2 else 0 end, id, sequence, created_at, case when n % 100 = 0 then created_at end
      from (select distinct on (robot_id, peer_username) substr(peer_username, 2)::int as n, robot_id, peer_username, id, sequence, created_at
          from messages order by robot_id, peer_username, sequence desc) as latest`
}

/** An index of texts is built several times faster than it is filled row by row. */
async function dropTextIndexes(sql: postgres.Sql): Promise<() => Promise<void>> {
  const indexes = await sql<{ name: string; statement: string }[]>`
    select indexname as name, indexdef as statement from pg_indexes
      where schemaname = 'public' and indexdef like '%USING gin (text_bigrams%'`
  for (const { name } of indexes) await sql`drop index ${sql(name)}`
  return async () => {
    await sql`set maintenance_work_mem = '256MB'`
    for (const { statement } of indexes) await sql.unsafe(statement)
  }
}
