import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { RobotConnection } from '@/lib/db/types'
import { applications } from '@/lib/db/schema/application'
import { at, createdAt } from '@/lib/db/schema/columns'
import { connectors } from '@/lib/db/schema/connector'

/** One WeChat account in one application; its status is that of its live session. */
export const robots = pgTable(
  'robots',
  {
    id: text('id').primaryKey(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id),
    /** 微信号 as entered, trimmed. */
    username: text('username').notNull(),
    /** How it reaches WeChat; never changes. */
    connection: text('connection').$type<RobotConnection>().notNull().default('web'),
    /** Whose credentials it uses; null: its connection needs none. */
    connectorId: text('connector_id').references(() => connectors.id, { onDelete: 'set null' }),
    /** "" until the first login. */
    nickname: text('nickname').notNull().default(''),
    /** Binds rooms whose name ends with its last six code points. Spec: A8 (binding by agent_id). */
    agentId: text('agent_id'),
    /** WeChat's number of the account that logged in first; other accounts are refused. Spec: A7 (login). */
    wechatUin: text('wechat_uin'),
    /** Link by which anyone opens a chat with the robot; null: none, or not yet online. */
    contactUrl: text('contact_url'),
    /** 0: no limit except that of WeChat. */
    sendRatePerMinute: integer('send_rate_per_minute').notNull().default(60),
    /** Random variation of the interval between two messages, in percent; 0–50. */
    sendJitterPercent: integer('send_jitter_percent').notNull().default(15),
    /** Start of the last send, from which the next interval is measured; not updated at rate 0. */
    lastSendAt: at('last_send_at'),
    /** An assistant (群助手) creates quns; its username is unique in the installation. Spec: B3 (assistant). */
    isAssistant: boolean('is_assistant').notNull().default(false),
    /** false: only a remark, the group code or a join token identifies a person, not a nickname. Spec: B4 (POST /wxbot/qun). */
    acceptsNicknames: boolean('accepts_nicknames').notNull().default(true),
    /** Sent to a person who opens the chat for the first time; "": none. Spec: E6 (WeCom customer service). */
    welcomeText: text('welcome_text').notNull().default(''),
    /** A person is requested in the service as well: its employees take the conversation there. Spec: F4 (handover). */
    handsOverInService: boolean('hands_over_in_service').notNull().default(false),
    /** The employee who is requested there, by their id in the service; "": any employee takes it from the queue. */
    servicerId: text('servicer_id').notNull().default(''),
    /** Its customer service account is created under its username if there is none. Spec: E6 (WeCom customer service). */
    createsAccount: boolean('creates_account').notNull().default(false),
    deletedAt: at('deleted_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('robots_application_username')
      .on(t.applicationId, t.username)
      .where(sql`deleted_at is null`),
    /** The robots of a connector. */
    index('robots_connector').on(t.connectorId),
    uniqueIndex('robots_assistant')
      .on(t.username)
      .where(sql`is_assistant and deleted_at is null`),
  ],
)
