import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import type { Tx } from '@/lib/db/client'
import { linkQun, renameQun, setQunClosed, setQunPaused } from '@/lib/membership/change-qun'
import { decideMember } from '@/lib/membership/decide-member'
import type { MemberDecision } from '@/lib/membership/member-decisions'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { issueJoinToken, type JoinToken } from '@/lib/qun/join-token'

type Who = { actor: string; peerAddress?: string }

/** A field that is missing or undefined stays; `roomId`: the room to link a pending group to. */
export type QunChange = {
  name?: string | undefined
  roomId?: string | undefined
  isPaused?: boolean | undefined
  isClosed?: boolean | undefined
}

/** Changes a group and records it. @throws NOT_FOUND; as `linkQun` and `renameQun` */
export async function updateQun(
  tx: Tx,
  { who }: { who: Who },
  { qunId, change }: { qunId: string; change: QunChange },
): Promise<void> {
  const { pausedAt, closedAt, ...before } = await getQunOrThrow(tx, { qunId })
  const { name, roomId, isPaused, isClosed } = change
  if (roomId !== undefined) await linkQun(tx, { qunId, roomId })
  if (name !== undefined) await renameQun(tx, { qunId, name })
  if (isPaused !== undefined) await setQunPaused(tx, { qunId, isPaused })
  if (isClosed !== undefined) await setQunClosed(tx, { qunId, isClosed })
  await recordChange(tx, {
    ...who,
    action: 'qun.update',
    targetId: qunId,
    before: { isPaused: pausedAt !== null, isClosed: closedAt !== null, roomId: before.roomId, name: before.name },
    after: { isPaused, isClosed, roomId, name },
  })
}

/** Replaces the join token of a group, records that, and returns the new one; null: without that limit. @throws NOT_FOUND */
export async function renewJoinToken(
  tx: Tx,
  { who }: { who: Who },
  { qunId, expiresAt, maxUses }: { qunId: string; expiresAt: Date | null; maxUses: number | null },
): Promise<JoinToken> {
  await getQunOrThrow(tx, { qunId })
  const joinToken = await issueJoinToken(tx, { qunId, expiresAt, maxUses })
  await recordAudit(tx, { ...who, action: 'qun.token', targetId: qunId, detail: { expiresAt, maxUses } })
  return joinToken
}

/** Decides about a person of a group and records it. @throws as `decideMember` */
export async function decideAndRecord(
  tx: Tx,
  { who }: { who: Who },
  target: { qunId: string; membershipId: string; decision: MemberDecision },
): Promise<void> {
  const { qunId, decision } = target
  const { contactId } = await decideMember(tx, target)
  await recordAudit(tx, { ...who, action: 'qun.member', targetId: qunId, detail: { contactId, decision } })
}
