import { randomBytes } from 'node:crypto'
import { finishCommand, type CommandEnd } from '../command/finish-command'
import { takeNextCommand, type Command } from '../command/take-next-command'
import { parseEnv } from '../env'
import { openWebContext, webContext, type WebContext } from '../http/web-context'
import { settleMessage, type MessageEnd } from '../message/settle-message'
import { peekNextMessage, takeMessage, type Send } from '../message/take-next-message'
import { claimQueue } from '../queue/catalog'
import type { Tx } from '../db/client'
import type { TestDatabase } from './test-database'

/** How the stand-in owner ends work; `null` leaves it under way for good. */
export type StandInOwner = {
  command?: (command: Command) => CommandEnd | null | Promise<CommandEnd>
  message?: (send: Send) => MessageEnd | null
}

export type TestWeb = {
  context: WebContext
  /** Puts an owner on the queue that nobody else listens to, until `close`. */
  standIn(owner: StandInOwner): { close(): Promise<void> }
  close(): Promise<void>
}

/** Opens a web process's context on a test's database, and what a worker would do as the test says. */
export async function openTestWeb(database: TestDatabase, settings: Record<string, string> = {}): Promise<TestWeb> {
  const env = parseEnv({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    PUBLIC_URL: 'http://wxbot.test',
    ENCRYPTION_KEY: `k1:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    EGRESS_ALLOW: '127.0.0.0/8',
    OWN_PORTS: '3000',
    LOG_LEVEL: 'silent',
    ...settings,
  })
  const { close } = await openWebContext(env)
  const context = webContext()
  return {
    context,
    close,
    standIn: (owner) =>
      context.queue.consume(
        claimQueue,
        { wakeRobot: ({ robotId }) => drain(context, robotId, owner) },
        { concurrency: 4 },
      ),
  }
}

async function drain({ db }: WebContext, robotId: string, owner: StandInOwner): Promise<void> {
  for (;;) {
    const types: Command['type'][] = ['login', 'logout', 'sync_rooms', 'make_room', 'add_member']
    const command = await db.transaction((tx) => takeNextCommand(tx, { robotId, types }))
    const commandEnd = command && (await owner.command?.(command))
    if (command && commandEnd) await db.transaction((tx) => finishCommand(tx, command.id, commandEnd))
    const send = command ? null : await db.transaction((tx) => takeNext(tx, robotId))
    const messageEnd = send && owner.message?.(send)
    if (send && messageEnd) await db.transaction((tx) => settleMessage(tx, send.messageId, messageEnd))
    if (!command && !send) return
  }
}

async function takeNext(tx: Tx, robotId: string): Promise<Send | null> {
  const next = await peekNextMessage(tx, { robotId })
  return next && (await takeMessage(tx, next)) ? next : null
}
