import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { SeenAddress } from '@/lib/db/types'
import { at, bytea, createdAt } from '@/lib/db/schema/columns'
import { connectors } from '@/lib/db/schema/connector'
import { quns } from '@/lib/db/schema/qun'

/** What the workers know about a company of WeCom, next to its connector; a missing row means nothing is known. */
export const wecomCompanies = pgTable('wecom_companies', {
  connectorId: text('connector_id')
    .primaryKey()
    .references(() => connectors.id, { onDelete: 'cascade' }),
  /** Increases at each result of a renewal. */
  version: integer('version').notNull().default(0),
  /** SHA-256 of company id and secret that token and refusal belong to; null: no result yet. */
  credentialsHash: text('credentials_hash'),
  /** Sealed: the access token, which all workers share; null: none. */
  accessTokenSealed: text('access_token_sealed'),
  tokenExpiresAt: at('token_expires_at'),
  /** A worker requests a new token until then; null: none does. */
  renewingUntil: at('renewing_until'),
  /** Why WeCom gave no token; null: it gave one. */
  refusal: jsonb('refusal').$type<{ errcode: number; message: string }>(),
  refusedAt: at('refused_at'),
  /** SHA-256 of callback token and key with which WeCom verified the callback URL; null: not verified. */
  callbackHash: text('callback_hash'),
  callbackVerifiedAt: at('callback_verified_at'),
  /** Last callback; null: none yet. */
  callbackReceivedAt: at('callback_received_at'),
  /** Addresses of workers that WeCom refused, the latest first; they are kept after WeCom has been told to trust them. */
  seenAddresses: jsonb('seen_addresses').$type<SeenAddress[]>().notNull().default([]),
})

/** A callback of WeCom that announces entries of a 客服 account or a change of a customer group; only a hint, they are pulled. Kept for an hour. */
export const wecomCallbacks = pgTable(
  'wecom_callbacks',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    connectorId: text('connector_id')
      .notNull()
      .references(() => connectors.id, { onDelete: 'cascade' }),
    nonce: text('nonce').notNull(),
    /** "": it is about a customer group. */
    openKfId: text('open_kfid').notNull(),
    /** The customer group that changed; null: it is about an account. */
    chatId: text('chat_id'),
    /** Makes the next pull exempt from the strict rate limit, for ten minutes. */
    syncToken: text('sync_token').notNull(),
    receivedAt: at('received_at').notNull().defaultNow(),
  },
  (t) => [
    /** A callback counts once, however often WeCom repeats it. */
    uniqueIndex('wecom_callbacks_nonce').on(t.connectorId, t.nonce),
    /** The latest hint of an account. */
    index('wecom_callbacks_account').on(t.connectorId, t.openKfId, t.id),
    /** Old rows of a company. */
    index('wecom_callbacks_age').on(t.connectorId, t.receivedAt),
  ],
)

/** Customer groups that an operator put into the pool of a company, in addition to those with its prefix. Spec: E7 (customer groups). */
export const wecomPoolGroups = pgTable(
  'wecom_pool_groups',
  {
    connectorId: text('connector_id')
      .notNull()
      .references(() => connectors.id, { onDelete: 'cascade' }),
    chatId: text('chat_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.connectorId, t.chatId] })],
)

/** The official way to join the customer group behind a qun. Spec: E7 (customer groups). */
export const qunJoinWays = pgTable('qun_join_ways', {
  qunId: text('qun_id')
    .primaryKey()
    .references(() => quns.id, { onDelete: 'cascade' }),
  chatId: text('chat_id').notNull(),
  configId: text('config_id').notNull(),
  /** The picture of the QR code; null: not fetched yet. */
  contentType: text('content_type'),
  bytes: bytea('bytes'),
  changedAt: at('changed_at').notNull().defaultNow(),
})
