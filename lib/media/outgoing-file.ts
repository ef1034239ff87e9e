import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { outgoingFiles } from '@/lib/db/schema/gateway'
import { robots } from '@/lib/db/schema/robot'
import { newKey } from '@/lib/id'

/** Seconds within which a gateway has to fetch a file. */
const fetchSeconds = 300
const now = sql`clock_timestamp()`

/** Stores a file that is fetched by its unguessable id; returns the id, which by default expires within minutes, as for one send. */
export async function storeOutgoingFile(
  db: Db,
  {
    lifeSeconds = fetchSeconds,
    ...file
  }: { robotId: string; contentType: string; bytes: Buffer; lifeSeconds?: number },
): Promise<string> {
  const id = `out_${newKey()}`
  const expiresAt = sql`${now} + make_interval(secs => ${lifeSeconds})`
  await db.insert(outgoingFiles).values({ ...file, id, expiresAt })
  return id
}

/** Returns a file by its id. null: none, its time is over, its send has ended, or its application is disabled. */
export async function getOutgoingFile(db: Db, fileId: string): Promise<{ contentType: string; bytes: Buffer } | null> {
  const [file] = await db
    .select({ contentType: outgoingFiles.contentType, bytes: outgoingFiles.bytes })
    .from(outgoingFiles)
    .innerJoin(robots, and(eq(robots.id, outgoingFiles.robotId), isNull(robots.deletedAt)))
    .innerJoin(applications, and(eq(applications.id, robots.applicationId), isNull(applications.disabledAt)))
    .where(and(eq(outgoingFiles.id, fileId), gt(outgoingFiles.expiresAt, now)))
  return file ?? null
}

export async function deleteOutgoingFile(db: Db, fileId: string): Promise<void> {
  await db.delete(outgoingFiles).where(eq(outgoingFiles.id, fileId))
}

/** Deletes files whose send has neither ended nor fetched them in time; returns their number. */
export async function deleteExpiredFiles(db: Db): Promise<number> {
  return (await db.delete(outgoingFiles).where(lt(outgoingFiles.expiresAt, now)).returning({ id: outgoingFiles.id }))
    .length
}
