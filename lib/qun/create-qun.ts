import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { quns } from '../db/schema/qun'
import { AppError } from '../errors'
import { newId, newKey } from '../id'
import { issueJoinToken } from './join-token'
import { nameRoom } from './name-room'
import { newQunNumber } from './qun-number'

export type Qun = typeof quns.$inferSelect

/**
 * Creates a qun with its first join token, or finds the one of this code; a pending one is taken up again at once.
 * Two calls at once make one. @param code decoded, by `decodeCode`.
 * @throws CODE_TAKEN when the code is known with another owner or assistant. Spec: 请求建群, B4.
 */
export async function createQun(
  tx: Tx,
  input: { robotId: string; code: string; ownerName: string; nameTemplate: string },
): Promise<Qun> {
  const { robotId, code, ownerName } = input
  const number = newQunNumber()
  const name = nameRoom(input.nameTemplate, { owner: ownerName, number })
  const [made] = await tx
    .insert(quns)
    .values({ id: newId('qun'), robotId, number, code, ownerName, ownerKey: newKey(), name })
    .onConflictDoNothing({ target: quns.code })
    .returning()
  if (made) {
    await issueJoinToken(tx, { qunId: made.id })
    return made
  }
  const [known] = await tx.select().from(quns).where(eq(quns.code, code)).for('update')
  if (!known) throw new AppError('INTERNAL', '群未能保存，请重试')
  if (known.robotId !== robotId || known.ownerName !== ownerName)
    throw new AppError('CODE_TAKEN', '群号代码已用于其他群主或助手', { parameter: 'code' })
  if (known.state === 'pending')
    await tx.update(quns).set({ isLookupDue: true, retryAt: null }).where(eq(quns.id, known.id))
  return known
}
