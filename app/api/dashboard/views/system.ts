import { tryTimeoutMs, triesPerLane } from '@/lib/callback/try-limits'
import type { WebContext } from '@/lib/http/web-context'
import { maxWaiting } from '@/lib/message/accept-message'
import { countSentByWorker } from '@/lib/metrics/count-sent-by-worker'
import { type KeptKind, keptKinds, measureDatabase } from '@/lib/metrics/measure-database'
import { defaultPace } from '@/lib/robot/default-pace'
import { listWorkers } from '@/lib/session/list-workers'
import packageJson from '@/package.json'

export type WorkerView = {
  id: string
  hostname: string
  robotCount: number
  sentLastMinute: number
  startedAt: string
  heartbeatAt: string
  isAlive: boolean
}

/** `days`: null = for good; `rowCount`: an estimate, null = not yet known. */
export type KeptView = { kind: KeptKind; days: number | null; rowCount: number | null; sizeBytes: number }

export type SystemView = Awaited<ReturnType<typeof readSystem>>

/** How this installation is set up, as this web process knows it, and which workers it has; nothing of it is a secret. */
export async function readSystem({ db, env, queue }: WebContext) {
  const [workers, sentBy, database, queueVersion] = await Promise.all([
    listWorkers(db),
    countSentByWorker(db),
    measureDatabase(db),
    queue.readVersion(),
  ])
  const daysOf: Partial<Record<KeptKind, number>> = {
    callback_events: env.CALLBACK_EVENT_DAYS,
    callback_attempts: env.CALLBACK_EVENT_DAYS,
    media: env.MEDIA_DAYS,
    session_changes: env.SESSION_CHANGE_DAYS,
  }
  return {
    versions: { wxbot: packageJson.version, node: process.versions.node, postgres: database.version },
    databaseBytes: database.sizeBytes,
    publicUrl: env.PUBLIC_URL,
    wechat: env.WECHAT,
    queue: env.REDIS_URL ? ('redis' as const) : ('postgres' as const),
    queueVersion,
    logLevel: env.LOG_LEVEL,
    stopTimeoutMs: env.STOP_TIMEOUT_MS,
    leaseSeconds: env.LEASE_SECONDS,
    egressAllow: env.EGRESS_ALLOW,
    trustedProxies: env.TRUSTED_PROXIES,
    qun: {
      allow: env.QUN_ALLOW,
      isTokenWanted: env.QUN_TOKEN !== undefined,
      directLimit: env.QUN_DIRECT_LIMIT,
      memberLimit: env.QUN_MEMBER_LIMIT,
      roomName: env.QUN_ROOM_NAME,
      greeting: env.QUN_GREETING,
    },
    sending: { ...defaultPace, maxWaiting },
    callback: {
      scheduleSeconds: env.CALLBACK_SCHEDULE_SECONDS,
      tryTimeoutMs,
      triesPerLane,
      answerDays: env.CALLBACK_ANSWER_DAYS,
      /** The address itself may hold a key. */
      isAlertSet: env.ALERT_WEBHOOK_URL !== undefined,
    },
    kept: keptKinds.map((kind): KeptView => {
      const measured = database.kinds.find((row) => row.kind === kind)
      return { rowCount: null, sizeBytes: 0, ...measured, kind, days: daysOf[kind] ?? null }
    }),
    workers: workers.map((worker): WorkerView => ({
      ...worker,
      sentLastMinute: sentBy.get(worker.id) ?? 0,
      startedAt: worker.startedAt.toISOString(),
      heartbeatAt: worker.heartbeatAt.toISOString(),
    })),
  }
}
