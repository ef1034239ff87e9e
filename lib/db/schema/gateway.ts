import { sql } from 'drizzle-orm'
import { bigserial, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, bytea, createdAt } from '@/lib/db/schema/columns'
import { connectors } from '@/lib/db/schema/connector'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'

/** The device of a robot at its gateway, kept for all logins: a new one restarts the waiting periods of the account. Spec: E8 (gateway). */
export const gatewayDevices = pgTable(
  'gateway_devices',
  {
    robotId: text('robot_id')
      .primaryKey()
      .references(() => robots.id, { onDelete: 'cascade' }),
    connectorId: text('connector_id')
      .notNull()
      .references(() => connectors.id, { onDelete: 'cascade' }),
    /** The gateway's own id of the device. */
    appId: text('app_id').notNull(),
    /** Events that wait for the owner of the robot; its row lock also orders their numbers. */
    waitingCount: integer('waiting_count').notNull().default(0),
  },
  (t) => [
    /** The robot that an event is for. */
    uniqueIndex('gateway_devices_app').on(t.connectorId, t.appId),
  ],
)

/** An event that a gateway posted, stored before wxbot responded. Its robot's owner processes it, in the order of `id`. */
export const gatewayEvents = pgTable(
  'gateway_events',
  {
    /** Increases in the order of commits within a robot, so that a cursor skips none. */
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id, { onDelete: 'cascade' }),
    /** Equal for repeats of one event: the id of a message, otherwise a hash of the body. */
    key: text('key').notNull(),
    /** null: processed; the row stays for a day, so that a late repeat is recognised. */
    body: text('body'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('gateway_events_key').on(t.robotId, t.key),
    /** Events that wait for the owner. */
    index('gateway_events_waiting')
      .on(t.robotId, t.id)
      .where(sql`body is not null`),
    /** Oldest events, for retention. */
    index('gateway_events_age').on(t.createdAt),
  ],
)

/** Callbacks that changed nothing, counted per connector and reason; no connector: its path is unknown. Spec: E8 (gateway). */
export const gatewayRefusals = pgTable(
  'gateway_refusals',
  {
    /** "": the path belongs to no connector. */
    connectorId: text('connector_id').notNull(),
    reason: text('reason').$type<GatewayRefusalReason>().notNull(),
    count: integer('count').notNull().default(1),
    lastAt: at('last_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectorId, t.reason] })],
)

/** Unknown path, a device that is not ours, a body that names none, a robot without a session, too many waiting events, or a gateway's own test. */
export type GatewayRefusalReason = 'test' | 'unknown_path' | 'foreign_device' | 'unreadable' | 'no_session' | 'flood'

/** A file that another service fetches for one send, or the QR code of a room; the unguessable id is its link. */
export const outgoingFiles = pgTable(
  'outgoing_files',
  {
    id: text('id').primaryKey(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id, { onDelete: 'cascade' }),
    contentType: text('content_type').notNull(),
    bytes: bytea('bytes').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [
    /** Expired files, for retention. */
    index('outgoing_files_age').on(t.expiresAt),
  ],
)

/** The QR code by which a person joins a room, until it expires. */
export const roomCodes = pgTable(
  'room_codes',
  {
    roomId: text('room_id')
      .primaryKey()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    fileId: text('file_id')
      .notNull()
      .references(() => outgoingFiles.id, { onDelete: 'cascade' }),
  },
  (t) => [
    /** The code of a file that is deleted. */
    index('room_codes_file').on(t.fileId),
  ],
)
