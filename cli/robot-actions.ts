import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import QRCode from 'qrcode'
import { recordAudit } from '@/lib/audit/record-audit'
import type { Db } from '@/lib/db/client'
import { openEgressPolicy } from '@/lib/egress/create-egress-policy'
import { type Env, loadEnvPart } from '@/lib/env'
import type { ActionContext } from '@/lib/actions/action-context'
import { logIn } from '@/lib/actions/log-in'
import { sendMessage } from '@/lib/actions/send-message'
import { createLogger } from '@/lib/logger'
import { readFileUpload, readImageUpload } from '@/lib/media/read-upload'
import { openQueueBackend } from '@/lib/queue/backend'
import { listenForReplies } from '@/lib/queue/reply'
import { sleep } from '@/lib/retry'
import { getSessionByQrKey } from '@/lib/session/get-session'
import { requireRobot } from '@/cli/resolve'

export type LoginOptions = { robot: string; agentId?: string; deadline: number }
export type SendOptions = {
  robot: string
  to: string
  text?: string
  image?: string
  file?: string
  idempotencyKey?: string
}

const pollMs = 1000

type Context = ActionContext & {
  env: Pick<Env, 'PUBLIC_URL' | 'APPLICATION_MAX_LOGINS' | 'WECHAT' | 'WECHAT_WEB_RISK'>
}

/** Shows the QR code of a login on stderr and waits until it is scanned and confirmed. @throws when the deadline passes. */
export async function logRobotIn(db: Db, { robot: robotId, agentId, deadline }: LoginOptions) {
  await requireRobot(db, robotId)
  return withGateway(db, async (ctx) => {
    const request = { robotId, callbackUrl: null, agentId: agentId ?? null, actor: 'cli' }
    const { qrKey, qrcodeUrl } = await logIn(ctx, request, (tx) =>
      recordAudit(tx, { actor: 'cli', action: 'robot.login', targetId: robotId }),
    )
    const status = deadline > 0 ? await waitForLogin(ctx, { qrKey, qrcodeUrl, deadline }) : 'waiting_scan'
    return { robotId, status, qrcodeUrl }
  })
}

async function waitForLogin(
  { db }: Context,
  { qrKey, qrcodeUrl, deadline }: { qrKey: string; qrcodeUrl: string; deadline: number },
): Promise<string> {
  const endMs = performance.now() + deadline * 1000
  let shown: string | null = null
  let state = ''
  for (;;) {
    const session = await getSessionByQrKey(db, qrKey)
    if (session?.state === 'online') return 'online'
    if (!session || session.state === 'ended')
      throw new Error('The login has ended without a scan. Run the command again.')
    // WeChat replaces the code every few minutes; the link stays the same.
    if (session.qrContent && session.qrContent !== shown) {
      shown = session.qrContent
      console.error(await QRCode.toString(shown, { type: 'terminal', small: true }))
      console.error(`Scan this code with WeChat, or open ${qrcodeUrl}.html`)
    }
    if (session.state !== state && session.state === 'waiting_confirm') console.error('Scanned. Confirm on the phone.')
    if (session.state !== state && session.state === 'waiting_code')
      console.error('Scanned. Enter the number that the phone shows: POST /v1/robots/…/login/code')
    state = session.state
    if (performance.now() > endMs)
      throw new Error(`The login was not confirmed within ${deadline} s. The login continues: ${qrcodeUrl}.html`)
    await sleep(pollMs)
  }
}

/** Sends a message and waits until WeChat accepted or refused it. */
export async function sendByRobot(db: Db, options: SendOptions) {
  const { robot: robotId, to: toUser, idempotencyKey = null } = options
  await requireRobot(db, robotId)
  return withGateway(db, async (ctx) => {
    const content = await readSent(options, { publicUrl: ctx.env.PUBLIC_URL })
    return sendMessage(ctx, { robotId, toUser, ...content, idempotencyKey }, (tx, messageId) =>
      recordAudit(tx, { actor: 'cli', action: 'message.send', targetId: messageId, detail: { robotId } }),
    )
  })
}

/** Returns what a message sends: a text, the link of an image, or an image or file of this computer. */
export async function readSent(
  { text, image, file }: Pick<SendOptions, 'text' | 'image' | 'file'>,
  link: { publicUrl: string },
) {
  if ([text, image, file].filter((given) => given !== undefined).length !== 1)
    throw new Error('Give one of --text TEXT, --image URL or FILE, and --file FILE.')
  if (text !== undefined) return { type: 'text' as const, content: text }
  if (file !== undefined) return readFileUpload({ bytes: await readFile(file), fileName: basename(file) }, link)
  if (/^https?:/i.test(image!)) return { type: 'image' as const, content: image! }
  return readImageUpload(await readFile(image!), link)
}

/** Opens what an action needs to wait for a worker, for one action. */
export async function withGateway<T>(db: Db, act: (ctx: Context) => Promise<T>): Promise<T> {
  const env = loadEnvPart(
    'DATABASE_URL',
    'REDIS_URL',
    'PUBLIC_URL',
    'APPLICATION_MAX_LOGINS',
    'EGRESS_ALLOW',
    'OWN_PORTS',
    'PORT',
    'WORKER_PORT',
    'WECHAT',
    'WECHAT_ORIGIN',
    'ILINK_ORIGIN',
    'WECOM_ORIGIN',
    'WECHAT_WEB_RISK',
  )
  const log = createLogger({ level: 'silent', process: 'cli' })
  const queue = await openQueueBackend({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, log })
  const replies = await listenForReplies({ databaseUrl: env.DATABASE_URL, db, log })
  try {
    return await act({ db, queue, replies, egress: openEgressPolicy(env), log, env })
  } finally {
    await replies.close()
    await queue.close()
  }
}
