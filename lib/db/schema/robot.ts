import { sql } from 'drizzle-orm'
import { boolean, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { applications } from './application'
import { at, createdAt } from './columns'

/** One WeChat account in one application; its status is that of its live session. */
export const robots = pgTable(
  'robots',
  {
    id: text('id').primaryKey(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id),
    /** 微信号 as given, trimmed. */
    username: text('username').notNull(),
    /** "" until the first login. */
    nickname: text('nickname').notNull().default(''),
    /** Binds rooms whose name ends with its last six code points (A8). */
    agentId: text('agent_id'),
    /** WeChat's number of the account that logged in first; another one is refused (A7). */
    wechatUin: text('wechat_uin'),
    /** 0 = as fast as WeChat takes them. */
    sendRatePerMinute: integer('send_rate_per_minute').notNull().default(60),
    /** So many percent more or less than the rate's even distance lie between two messages; 0–50. */
    sendJitterPercent: integer('send_jitter_percent').notNull().default(15),
    /** When the last message began to go out, which the next one keeps its distance from; not kept up at rate 0. */
    lastSendAt: at('last_send_at'),
    /** 群助手: makes quns; then its username is unique in the installation (B3). */
    isAssistant: boolean('is_assistant').notNull().default(false),
    deletedAt: at('deleted_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('robots_application_username')
      .on(t.applicationId, t.username)
      .where(sql`deleted_at is null`),
    uniqueIndex('robots_assistant')
      .on(t.username)
      .where(sql`is_assistant and deleted_at is null`),
  ],
)
