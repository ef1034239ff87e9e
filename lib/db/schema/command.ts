import { sql } from 'drizzle-orm'
import { bigserial, index, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import type { Actor, CommandPayload, CommandResult } from '@/lib/db/types'
import { robots } from '@/lib/db/schema/robot'
import { at, createdAt, reason, reasonParams } from '@/lib/db/schema/columns'

export const commandType = pgEnum('command_type', [
  'login',
  'logout',
  'sync_rooms',
  'make_room',
  'add_member',
  'login_code',
  'room_code',
  'set_remark',
  'accept_friend',
  'refuse_friend',
  'list_members',
])

export const commandState = pgEnum('command_state', ['queued', 'running', 'done', 'failed', 'cancelled'])

/** A request to a robot's owner other than a send. The owner drains them by state, before sends. */
export const commands = pgTable(
  'commands',
  {
    id: text('id').primaryKey(),
    /** Order of acceptance. */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    robotId: text('robot_id')
      .notNull()
      .references(() => robots.id),
    type: commandType('type').notNull(),
    state: commandState('state').notNull().default('queued'),
    /** Target of the command if the robot alone does not identify it. */
    payload: jsonb('payload').$type<CommandPayload>(),
    /** null: the product itself. */
    actor: text('actor').$type<Actor>(),
    result: jsonb('result').$type<CommandResult>(),
    errorCode: text('error_code'),
    /** The sentence of the reason in Chinese, which the API returns. */
    errorMessage: text('error_message'),
    errorReason: reason('error_reason'),
    errorParams: reasonParams('error_params'),
    deadlineAt: at('deadline_at').notNull(),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    /** Next command of the owner. */
    index('commands_mailbox')
      .on(t.robotId, t.sequence)
      .where(sql`state in ('queued', 'running')`),
    /** Commands that waited in a time range; oldest commands, for retention. */
    index('commands_age').on(t.createdAt, t.finishedAt),
  ],
)
