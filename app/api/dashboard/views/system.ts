import packageJson from '@/package.json'
import type { WebContext } from '@/lib/http/web-context'
import { listWorkers } from '@/lib/session/list-workers'

export type WorkerView = {
  id: string
  hostname: string
  robotCount: number
  startedAt: string
  heartbeatAt: string
  isAlive: boolean
}

/** What is in force, as this web process knows it; nothing of it is a secret. */
export type SystemView = {
  version: string
  publicUrl: string
  queue: 'redis' | 'postgres'
  wechat: 'simulator' | 'real'
  egressAllow: string[]
  qunAllow: string[]
  isQunTokenWanted: boolean
  trustedProxies: string[]
  callbackScheduleSeconds: number[]
  retentionDays: { callbackAnswers: number; callbacks: number; media: number }
  workers: WorkerView[]
}

/** How this installation is set up and which workers it has. */
export async function readSystem({ db, env }: WebContext): Promise<SystemView> {
  const workers = await listWorkers(db)
  return {
    version: packageJson.version,
    publicUrl: env.PUBLIC_URL,
    queue: env.REDIS_URL ? 'redis' : 'postgres',
    wechat: env.WECHAT,
    egressAllow: env.EGRESS_ALLOW,
    qunAllow: env.QUN_ALLOW,
    isQunTokenWanted: env.QUN_TOKEN !== undefined,
    trustedProxies: env.TRUSTED_PROXIES,
    callbackScheduleSeconds: env.CALLBACK_SCHEDULE_SECONDS,
    retentionDays: {
      callbackAnswers: env.CALLBACK_ANSWER_DAYS,
      callbacks: env.CALLBACK_EVENT_DAYS,
      media: env.MEDIA_DAYS,
    },
    workers: workers.map((worker) => ({
      ...worker,
      startedAt: worker.startedAt.toISOString(),
      heartbeatAt: worker.heartbeatAt.toISOString(),
    })),
  }
}
