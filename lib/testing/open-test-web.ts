import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { finishCommand, type CommandEnd } from '@/lib/command/finish-command'
import { claimNextCommand, type Command } from '@/lib/command/claim-next-command'
import { commands, commandType } from '@/lib/db/schema/command'
import { messages } from '@/lib/db/schema/message'
import { parseEnv } from '@/lib/env'
import type { ErrorCode } from '@/lib/error-codes'
import { sentenceOf } from '@/lib/sentence'
import { openWebContext, webContext, type WebContext } from '@/lib/http/web-context'
import { settleMessage, type MessageResult } from '@/lib/message/settle-message'
import { peekNextMessage, claimMessage, type Send } from '@/lib/message/claim-next-message'
import { claimQueue } from '@/lib/queue/catalog'
import type { Tx } from '@/lib/db/client'
import type { TestDatabase } from '@/lib/testing/test-database'

/** A failure as a worker of an earlier version wrote it: a sentence, without a reason. */
type PlainFailure = { code: ErrorCode; message: string }

/** The results that a fake worker gives; null: the work never ends. */
export type FakeWorker = {
  command?: (command: Command) => CommandEnd | PlainFailure | null | Promise<CommandEnd | PlainFailure>
  message?: (send: Send) => MessageResult | ({ state: 'refused' | 'unknown' } & PlainFailure) | null
}

export type TestWeb = {
  context: WebContext
  /** Starts a fake worker that consumes the queue until `close`. */
  startFakeWorker(worker: FakeWorker): { close(): Promise<void> }
  close(): Promise<void>
}

/** Opens a web process's context on a test's database, with fake workers on demand. */
export async function openTestWeb(
  database: Pick<TestDatabase, 'url'>,
  settings: Record<string, string> = {},
): Promise<TestWeb> {
  const env = parseEnv({
    NODE_ENV: 'test',
    WECHAT: 'simulator',
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
    startFakeWorker: (worker) =>
      context.queue.consume(
        claimQueue,
        { wakeRobot: ({ robotId }) => drain(context, robotId, worker) },
        { concurrency: 4 },
      ),
  }
}

async function drain({ db }: WebContext, robotId: string, worker: FakeWorker): Promise<void> {
  for (;;) {
    const command = await db.transaction((tx) => claimNextCommand(tx, { robotId, types: commandType.enumValues }))
    const commandEnd = command && (await worker.command?.(command))
    if (command && commandEnd)
      await db.transaction(async (tx) => {
        if (!('message' in commandEnd)) return finishCommand(tx, command.id, commandEnd)
        await finishCommand(tx, command.id, { code: commandEnd.code, sentence: plain })
        await tx.update(commands).set(plainColumns(commandEnd)).where(eq(commands.id, command.id))
      })
    const send = command ? null : await db.transaction((tx) => claimNext(tx, robotId))
    const messageResult = send && worker.message?.(send)
    if (send && messageResult)
      await db.transaction(async (tx) => {
        if (!('message' in messageResult)) return settleMessage(tx, send.messageId, messageResult)
        const { state, code } = messageResult
        await settleMessage(tx, send.messageId, { state, code, sentence: plain })
        await tx.update(messages).set(plainColumns(messageResult)).where(eq(messages.id, send.messageId))
      })
    if (!command && !send) return
  }
}

const plain = sentenceOf('request_refused')
const plainColumns = ({ message }: PlainFailure) => ({ errorMessage: message, errorReason: null, errorParams: null })

async function claimNext(tx: Tx, robotId: string): Promise<Send | null> {
  const next = await peekNextMessage(tx, { robotId })
  return next && (await claimMessage(tx, next)) ? next : null
}
