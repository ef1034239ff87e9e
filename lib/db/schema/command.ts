import { sql } from 'drizzle-orm'
import { bigserial, index, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import type { CommandPayload, CommandResult } from '../types'
import { robots } from './robot'
import { at, createdAt } from './columns'

export const commandType = pgEnum('command_type', ['login', 'logout', 'sync_rooms', 'make_room', 'add_member'])

export const commandState = pgEnum('command_state', ['queued', 'running', 'done', 'failed', 'cancelled'])

/** What a robot's owner is asked to do beside sending; drained by state, control first. */
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
    /** What it is about, where the robot alone does not say it. */
    payload: jsonb('payload').$type<CommandPayload>(),
    /** Who asked for it, as in the audit; null = ourselves. */
    actor: text('actor'),
    result: jsonb('result').$type<CommandResult>(),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    deadlineAt: at('deadline_at').notNull(),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    /** The owner's next command. */
    index('commands_mailbox')
      .on(t.robotId, t.sequence)
      .where(sql`state in ('queued', 'running')`),
    /** How many waited in a span of time; the oldest, for the cleaning. */
    index('commands_age').on(t.createdAt, t.finishedAt),
  ],
)
