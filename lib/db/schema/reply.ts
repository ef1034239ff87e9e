import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type {
  CallbackReply,
  DecisionSource,
  OpeningHours,
  ReplyOutcome,
  RoomMode,
  RuleAnswer,
  RuleTrigger,
  SilenceReason,
} from '@/lib/db/types'
import { applications } from '@/lib/db/schema/application'
import { at, bytea, createdAt } from '@/lib/db/schema/columns'
import { messages } from '@/lib/db/schema/message'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'

/** A price of a million tokens, up to 10,000. */
const price = (name: string) => numeric(name, { precision: 11, scale: 6, mode: 'number' })

/** How an application replies automatically; no row: it does not. Spec: F2 (who replies). */
export const replySettings = pgTable('reply_settings', {
  applicationId: text('application_id')
    .primaryKey()
    .references(() => applications.id, { onDelete: 'cascade' }),
  usesRules: boolean('uses_rules').notNull().default(false),
  usesCallback: boolean('uses_callback').notNull().default(false),
  usesModel: boolean('uses_model').notNull().default(false),
  usesHandover: boolean('uses_handover').notNull().default(false),
  /** A private message that equals one of these requests a person. */
  handoverKeywords: text('handover_keywords')
    .array()
    .notNull()
    .default(sql`'{人工}'`),
  /** Also requests a person when nothing else replied to a private message. */
  handsOverUnanswered: boolean('hands_over_unanswered').notNull().default(true),
  /** Sent when a person is requested; "": nothing. */
  handoverText: text('handover_text').notNull().default(''),
  /** Robots that reply automatically; null: all of the application. */
  robotIds: text('robot_ids').array(),
  /** Merchant groups in whose rooms they reply, besides private chats; null: all rooms. */
  qunIds: text('qun_ids').array(),
  /** Minimum time between two automatic replies to one person; 0: none. Spec: F3 (when nothing replies). */
  personCooldownSeconds: integer('person_cooldown_seconds').notNull().default(5),
  /** Maximum automatic replies in one room in a minute. Spec: F3 (when nothing replies). */
  roomRepliesPerMinute: integer('room_replies_per_minute').notNull().default(10),
  /** Base URL of an OpenAI-compatible service, for example `https://api.openai.com/v1`; "": none. */
  modelUrl: text('model_url').notNull().default(''),
  /** Sealed with the application's id as context; null: the service needs no key. */
  modelKeySealed: text('model_key_sealed'),
  modelName: text('model_name').notNull().default(''),
  /** Model of the same service whose embeddings find articles by meaning; "": articles are found by their words only. */
  embeddingModel: text('embedding_model').notNull().default(''),
  modelInstructions: text('model_instructions').notNull().default(''),
  modelTemperature: real('model_temperature').notNull().default(0.3),
  /** Maximum tokens of one answer. */
  modelMaxTokens: integer('model_max_tokens').notNull().default(800),
  modelTimeoutSeconds: integer('model_timeout_seconds').notNull().default(20),
  /** Maximum tokens in a calendar month (UTC), questions and answers together; 0: no limit. */
  modelMonthlyTokens: integer('model_monthly_tokens').notNull().default(1_000_000),
  /** Price of a million tokens of questions and embeddings; null: costs are not shown. */
  modelInputPrice: price('model_input_price'),
  /** Price of a million tokens of answers; null: costs are not shown. */
  modelOutputPrice: price('model_output_price'),
  /** ISO 4217 code of the prices. */
  modelCurrency: text('model_currency').notNull().default('CNY'),
  modelRoomMode: text('model_room_mode').$type<RoomMode>().notNull().default('mentioned'),
  changedAt: at('changed_at').notNull().defaultNow(),
})

/** A rule that replies automatically. Of the rules that match, the one with the smallest position replies. */
export const replyRules = pgTable(
  'reply_rules',
  {
    id: text('id').primaryKey(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Only in conversations of this robot; null: of all robots of the application. */
    robotId: text('robot_id').references(() => robots.id, { onDelete: 'cascade' }),
    /** Only in the room of this qun; null: everywhere. */
    qunId: text('qun_id').references(() => quns.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    isEnabled: boolean('is_enabled').notNull().default(true),
    trigger: text('trigger').$type<RuleTrigger>().notNull(),
    /** Texts or RE2 patterns, one of which has to match; empty for a trigger without texts. */
    patterns: text('patterns').array().notNull(),
    /** null: always. */
    openingHours: jsonb('opening_hours').$type<OpeningHours>(),
    answer: text('answer').$type<RuleAnswer>().notNull(),
    /** The text, in which `{name}` is the person's name, or the image's link; for a handover the text sent with it, "": none. */
    content: text('content').notNull(),
    /** Whether the image is an upload in `rule_images` instead of a link. */
    hasImage: boolean('has_image').notNull().default(false),
    /** Minimum time until this rule replies again to the same person, or in the same room; 0: none. */
    cooldownSeconds: integer('cooldown_seconds').notNull().default(0),
    firedCount: integer('fired_count').notNull().default(0),
    lastFiredAt: at('last_fired_at'),
    createdAt: createdAt(),
  },
  (t) => [
    /** Rules of an application in the order in which they are tried. */
    index('reply_rules_application').on(t.applicationId, t.position),
    index('reply_rules_robot').on(t.robotId),
    index('reply_rules_qun').on(t.qunId),
  ],
)

/** The image that a rule sends, uploaded instead of a link. */
export const ruleImages = pgTable('rule_images', {
  ruleId: text('rule_id')
    .primaryKey()
    .references(() => replyRules.id, { onDelete: 'cascade' }),
  contentType: text('content_type').notNull(),
  bytes: bytea('bytes').notNull(),
})

/** A text that operators insert into a reply by its shortcut; it may contain variables, such as `{name}`. */
export const quickReplies = pgTable(
  'quick_replies',
  {
    id: text('id').primaryKey(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    shortcut: text('shortcut').notNull(),
    text: text('text').notNull(),
    changedAt: at('changed_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    /** Quick replies of an application by their shortcuts. */
    uniqueIndex('quick_replies_shortcut').on(t.applicationId, t.shortcut),
  ],
)

/** due: for rules → callback: waits for the callback's response → model: waits for the model → done. */
export const decisionState = pgEnum('reply_decision_state', ['due', 'callback', 'model', 'done'])

/** The decision whether and how a robot replies to one event. A row decides once. Spec: F3 (when nothing replies). */
export const replyDecisions = pgTable(
  'reply_decisions',
  {
    id: text('id').primaryKey(),
    /** Order of arrival. */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    /** The message's id, or `join:` and the id of WeChat's line about the join. */
    eventKey: text('event_key').notNull(),
    /** The received message; null: a person joined. */
    messageId: text('message_id').references(() => messages.id, { onDelete: 'cascade' }),
    /** null: a private message. */
    roomId: text('room_id').references(() => rooms.id),
    /** null: the sender of a room's message, whom only the name identifies. */
    peerUsername: text('peer_username'),
    personName: text('person_name').notNull(),
    state: decisionState('state').notNull().default('due'),
    /** When it is processed next. */
    dueAt: at('due_at').notNull().defaultNow(),
    /** The event whose response may contain a reply; null: none was recorded. */
    callbackEventId: text('callback_event_id'),
    callbackReply: jsonb('callback_reply').$type<CallbackReply>(),
    outcome: text('outcome').$type<ReplyOutcome>(),
    /** Set if `outcome` is silent. */
    silence: text('silence').$type<SilenceReason>(),
    /** What replied or handed over; null: nothing, or decided by an earlier version. */
    source: text('source').$type<DecisionSource>(),
    /** Rule that replied or handed over. */
    ruleId: text('rule_id').references(() => replyRules.id, { onDelete: 'set null' }),
    /** Why the model did not answer, for the operator; "": it did, or got no request. */
    failure: text('failure').notNull().default(''),
    createdAt: createdAt(),
    decidedAt: at('decided_at'),
  },
  (t) => [
    uniqueIndex('reply_decisions_event').on(t.robotId, t.eventKey),
    uniqueIndex('reply_decisions_message').on(t.messageId),
    /** Open decisions of a robot; few rows. */
    index('reply_decisions_open')
      .on(t.robotId, t.dueAt)
      .where(sql`state <> 'done'`),
    index('reply_decisions_callback')
      .on(t.callbackEventId)
      .where(sql`state <> 'done' and callback_event_id is not null`),
    /** Recent replies to a person, in a room. */
    index('reply_decisions_room').on(t.roomId, t.decidedAt),
    index('reply_decisions_person').on(t.robotId, t.peerUsername, t.decidedAt),
    index('reply_decisions_rule').on(t.ruleId, t.decidedAt),
    /** The log of a robot by outcome, of a rule; latest first. */
    index('reply_decisions_log').on(t.robotId, t.outcome, t.sequence),
    index('reply_decisions_rule_log').on(t.ruleId, t.sequence),
    /** Oldest, for retention. */
    index('reply_decisions_age').on(t.createdAt),
  ],
)

/** A knowledge article: a section of a Markdown file, or a question with its answer. */
export const articles = pgTable(
  'articles',
  {
    id: text('id').primaryKey(),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    /** The file it was imported from; "": written in the dashboard or by API. */
    source: text('source').notNull().default(''),
    /** Heading or question. */
    title: text('title').notNull(),
    content: text('content').notNull(),
    /** Search terms: words of Latin script, and pairs of adjacent Chinese characters. */
    terms: text('terms').array().notNull(),
    changedAt: at('changed_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    index('articles_application').on(t.applicationId, t.createdAt),
    index('articles_source').on(t.applicationId, t.source),
    /** Articles that share a term with a question. */
    index('articles_terms').using('gin', t.terms),
  ],
)

/** The meaning of an article as a vector. No row: not embedded since the article or the model changed. */
export const articleEmbeddings = pgTable(
  'article_embeddings',
  {
    articleId: text('article_id')
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    /** Base URL and model; vectors of different origins cannot be compared. */
    origin: text('origin').notNull(),
    /** Has unit length. */
    vector: real('vector').array().notNull(),
  },
  (t) => [
    /** Vectors that a question is compared with. */
    index('article_embeddings_origin').on(t.applicationId, t.origin),
  ],
)

/** When the articles of an application are embedded next. No row: now. */
export const embeddingRuns = pgTable('embedding_runs', {
  applicationId: text('application_id')
    .primaryKey()
    .references(() => applications.id, { onDelete: 'cascade' }),
  /** In the future while a worker embeds, and after a failure. */
  nextAt: at('next_at').notNull(),
  /** Why the last run failed, for the operator; "": it did not. */
  failure: text('failure').notNull().default(''),
})

/** Use of the model in a calendar month (UTC). */
export const modelUsage = pgTable(
  'model_usage',
  {
    applicationId: text('application_id')
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    /** First day of the month. */
    month: date('month', { mode: 'string' }).notNull(),
    requestCount: integer('request_count').notNull().default(0),
    promptTokens: integer('prompt_tokens').notNull().default(0),
    answerTokens: integer('answer_tokens').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.applicationId, t.month] })],
)
