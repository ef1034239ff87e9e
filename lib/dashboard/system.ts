import { attemptTimeoutMs, attemptsPerLane } from '@/lib/callback/delivery/retry-schedule'
import type { WebContext } from '@/lib/http/web-context'
import { defaultDays, readRetentionDays } from '@/lib/installation/retention'
import { maxQueued } from '@/lib/message/accept-message'
import { countSentByWorker } from '@/lib/metrics/count-traffic'
import { type RetentionKind, retentionKinds, measureDatabase } from '@/lib/metrics/measure-database'
import { failureDays } from '@/lib/operator/sign-in-origin'
import { visitDays } from '@/lib/qun/qun-visits'
import { defaultPace } from '@/lib/robot/send-pace'
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

/** `days` null: kept forever. `rowCount` is an estimate; null: not yet known. */
export type RetentionView = { kind: RetentionKind; days: number | null; rowCount: number | null; sizeBytes: number }

export type SystemView = Awaited<ReturnType<typeof readSystem>>

/** Returns what the system page shows: the settings of this web process without secrets, the workers, the sizes of the tables and the queue. */
export async function readSystem({ db, env, queue }: WebContext) {
  const [workers, sentBy, database, queueVersion, days] = await Promise.all([
    listWorkers(db),
    countSentByWorker(db),
    measureDatabase(db),
    queue.readVersion(),
    readRetentionDays(db, defaultDays(env)),
  ])
  const daysOf: Partial<Record<RetentionKind, number>> = {
    callback_events: days.events,
    callback_attempts: days.events,
    // A file is deleted with its message.
    media: Math.min(days.media, days.messages),
    messages: days.messages,
    session_changes: days.sessionChanges,
    qun_visits: visitDays,
    sign_in_failures: failureDays,
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
    signIn: { hours: env.SESSION_HOURS, idleMinutes: env.SESSION_IDLE_MINUTES },
    egressAllow: env.EGRESS_ALLOW,
    trustedProxies: env.TRUSTED_PROXIES,
    qun: {
      allow: env.QUN_ALLOW,
      isTokenRequired: env.QUN_TOKEN !== undefined,
      directLimit: env.QUN_DIRECT_LIMIT,
      memberLimit: env.QUN_MEMBER_LIMIT,
      roomName: env.QUN_ROOM_NAME,
      greeting: env.QUN_GREETING,
    },
    sending: { ...defaultPace, maxWaiting: maxQueued },
    limits: {
      robots: env.APPLICATION_MAX_ROBOTS,
      logins: env.APPLICATION_MAX_LOGINS,
      mediaMegabytes: env.APPLICATION_MAX_MEDIA_MB,
    },
    callback: {
      scheduleSeconds: env.CALLBACK_SCHEDULE_SECONDS,
      attemptTimeoutMs,
      attemptsPerLane,
      responseDays: days.responses,
      /** Not the URL, which may contain a key. */
      isAlertSet: env.ALERT_WEBHOOK_URL !== undefined,
    },
    retention: retentionKinds.map((kind): RetentionView => {
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
