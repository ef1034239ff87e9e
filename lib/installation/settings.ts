import { getTableColumns, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { installationSettings } from '@/lib/db/schema/installation'

const rowId = 'installation'

/** What administrators set for the whole installation. */
export type InstallationSettings = Omit<typeof installationSettings.$inferSelect, 'id' | 'changedAt'>

const defaults: InstallationSettings = {
  waitingMinutes: 10,
  diskPercent: 90,
  databaseLimitGb: null,
  responseDays: null,
  eventDays: null,
  mediaDays: null,
  messageDays: null,
  sessionChangeDays: null,
}

/** Returns the settings of the installation; defaults where nothing was set. */
export async function readInstallationSettings(db: Db): Promise<InstallationSettings> {
  const { id: _id, changedAt: _changedAt, ...columns } = getTableColumns(installationSettings)
  const [settings] = await db.select(columns).from(installationSettings)
  return settings ?? defaults
}

/** Changes the given settings; undefined: unchanged. */
export async function updateInstallationSettings(tx: Tx, change: Partial<InstallationSettings>): Promise<void> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  await tx
    .insert(installationSettings)
    .values({ id: rowId, ...given })
    .onConflictDoUpdate({ target: installationSettings.id, set: { ...given, changedAt: sql`clock_timestamp()` } })
}
