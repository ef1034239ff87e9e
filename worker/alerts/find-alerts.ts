import { hostname, tmpdir } from 'node:os'
import { sql } from 'drizzle-orm'
import { type ReadCauses, syncAlerts } from '@/lib/alert/sync-alerts'
import {
  type CauseQuery,
  listFailingCauses,
  listLostRobots,
  listPausedCauses,
  listSilentWorkers,
  listWaitingConversations,
} from '@/lib/attention/list-alert-causes'
import { listFullDatabases, listFullDisks, measureDisk } from '@/lib/attention/measure-storage'
import type { Db } from '@/lib/db/client'
import type { AlertKind } from '@/lib/db/types'
import { readInstallationSettings } from '@/lib/installation/settings'

/** Advisory lock, so that one worker looks for causes at a time; spells `ALRT`. */
const alertLockKey = 0x414c5254

/** Opens and closes the alerts of the installation, in one worker at a time; another one skips its turn. */
export async function findAlerts(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ isHeld: boolean }>(
      sql`select pg_try_advisory_xact_lock(${alertLockKey}) as "isHeld"`,
    )
    if (!lock?.isHeld) return
    const { waitingMinutes: minutes, databaseLimitGb: limitGb } = await readInstallationSettings(tx)
    const readers: Record<Exclude<AlertKind, 'disk_full'>, ReadCauses> = {
      robot_offline: (query) => listLostRobots(tx, query),
      endpoint_failing: (query) => listFailingCauses(tx, query),
      endpoint_paused: (query) => listPausedCauses(tx, query),
      worker_silent: (query) => listSilentWorkers(tx, query),
      conversation_waiting: (query: CauseQuery) => listWaitingConversations(tx, query, { minutes }),
      database_full: () => listFullDatabases(tx, { limitGb }),
    }
    for (const [kind, read] of Object.entries(readers)) await syncAlerts(tx, { kind: kind as AlertKind, read })
  })
}

/** Opens and closes the alert about the disks of this machine, which only its own workers can measure. */
export async function findDiskAlerts(db: Db, { folders }: { folders: readonly string[] }): Promise<void> {
  const host = hostname()
  const percent = await measureDisk([...folders, process.cwd(), tmpdir()])
  await db.transaction(async (tx) => {
    const { diskPercent: limitPercent } = await readInstallationSettings(tx)
    const read = async () => listFullDisks({ host, percent, limitPercent })
    await syncAlerts(tx, { kind: 'disk_full', read, targetId: host })
  })
}
