import { and, eq, ne, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { AppError } from '@/lib/errors'
import { newId, newKey } from '@/lib/id'
import type { Sealer } from '@/lib/secret'
import { issueJoinToken } from '@/lib/qun/join-token'
import { sealOwnerKey } from '@/lib/qun/owner-key'
import { newQunNumber } from '@/lib/qun/qun-link'

export type Qun = typeof quns.$inferSelect

/**
 * Creates a qun with its first join token, or returns the existing one with this group code; a pending one is retried at once.
 * Concurrent calls create one qun.
 * @param input.groupCode decoded by `decodeGroupCode`
 * @param input.givenName name of the group; missing: the template's
 * @throws CODE_TAKEN if the group code belongs to another owner or assistant, INVALID_PARAMETER if another group of the assistant has
 * the name. Spec: 请求建群, B4 (POST /wxbot/qun).
 */
export async function createQun(
  tx: Tx,
  input: {
    robotId: string
    groupCode: string
    ownerName: string
    givenName?: string | undefined
    isRenameDue?: boolean
    nameTemplate: string
    sealer: Sealer
  },
): Promise<Qun & { isNew: boolean }> {
  const { robotId, groupCode, ownerName, givenName, isRenameDue = false } = input
  const number = newQunNumber()
  const name = givenName ?? formatRoomName(input.nameTemplate, { owner: ownerName, number })
  const id = newId('qun')
  const ownerKey = sealOwnerKey(input.sealer, { id, key: newKey() })
  const [created] = await tx
    .insert(quns)
    .values({ id, robotId, number, groupCode, ownerName, ownerKey, name, isRenameDue })
    .onConflictDoNothing({ target: quns.groupCode })
    .returning()
  if (created) {
    if (givenName !== undefined) await requireFreeName(tx, { robotId, qunId: id, name: givenName })
    await issueJoinToken(tx, { qunId: created.id })
    return { ...created, isNew: true }
  }
  const [existing] = await tx.select().from(quns).where(eq(quns.groupCode, groupCode)).for('update')
  if (!existing) throw new AppError('INTERNAL', { reason: 'qun_not_saved' })
  if (existing.robotId !== robotId || existing.ownerName !== ownerName)
    throw new AppError('CODE_TAKEN', { reason: 'qun_code_taken', parameter: 'code' })
  if (existing.state === 'pending')
    await tx.update(quns).set({ isLookupDue: true, retryAt: null }).where(eq(quns.id, existing.id))
  return { ...existing, isNew: false }
}

/**
 * Refuses a name that another group of the assistant has: after a login, a room is found again by its name. Concurrent calls wait for
 * each other. @throws INVALID_PARAMETER
 */
export async function requireFreeName(
  tx: Tx,
  { robotId, qunId, name }: { robotId: string; qunId: string; name: string },
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`qun names ${robotId}`}))`)
  const isTaken = and(eq(quns.robotId, robotId), eq(quns.name, name), ne(quns.id, qunId), ne(quns.state, 'closed'))
  const [other] = await tx.select({ id: quns.id }).from(quns).where(isTaken).limit(1)
  if (other) throw new AppError('INVALID_PARAMETER', { reason: 'qun_name_taken', parameter: 'name' })
}

const maxOwnerLength = 12

/** Fills in a room name template: `{owner}`, truncated to 12 characters, and `{number}`. */
export function formatRoomName(template: string, { owner, number }: { owner: string; number: string }): string {
  const shortOwner = [...owner].slice(0, maxOwnerLength).join('')
  return template.replaceAll('{owner}', () => shortOwner).replaceAll('{number}', number)
}
