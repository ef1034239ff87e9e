import { eq } from 'drizzle-orm'
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
 * @throws CODE_TAKEN if the group code belongs to another owner or assistant. Spec: 请求建群, B4 (create a qun).
 */
export async function createQun(
  tx: Tx,
  input: { robotId: string; groupCode: string; ownerName: string; nameTemplate: string; sealer: Sealer },
): Promise<Qun> {
  const { robotId, groupCode, ownerName } = input
  const number = newQunNumber()
  const name = formatRoomName(input.nameTemplate, { owner: ownerName, number })
  const id = newId('qun')
  const ownerKey = sealOwnerKey(input.sealer, { id, key: newKey() })
  const [created] = await tx
    .insert(quns)
    .values({ id, robotId, number, groupCode, ownerName, ownerKey, name })
    .onConflictDoNothing({ target: quns.groupCode })
    .returning()
  if (created) {
    await issueJoinToken(tx, { qunId: created.id })
    return created
  }
  const [existing] = await tx.select().from(quns).where(eq(quns.groupCode, groupCode)).for('update')
  if (!existing) throw new AppError('INTERNAL', { reason: 'qun_not_saved' })
  if (existing.robotId !== robotId || existing.ownerName !== ownerName)
    throw new AppError('CODE_TAKEN', { reason: 'qun_code_taken', parameter: 'code' })
  if (existing.state === 'pending')
    await tx.update(quns).set({ isLookupDue: true, retryAt: null }).where(eq(quns.id, existing.id))
  return existing
}

const maxOwnerLength = 12

/** Fills in a room name template: `{owner}`, truncated to 12 characters, and `{number}`. */
export function formatRoomName(template: string, { owner, number }: { owner: string; number: string }): string {
  const shortOwner = [...owner].slice(0, maxOwnerLength).join('')
  return template.replaceAll('{owner}', () => shortOwner).replaceAll('{number}', number)
}
