import { capabilitiesOf } from '@/lib/connection/capabilities'
import { contractText, type SentenceParams } from '@/lib/sentence'
import { countFunnels } from '@/lib/membership/count-funnels'
import type { Member } from '@/lib/membership/list-members'
import { getJoinToken, type JoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { type NextStep, getNextStep } from '@/lib/qun/get-next-step'
import { joinLink } from '@/lib/qun/qun-link'
import { type QunView, shownName } from '@/lib/qun/qun-view'
import { readReadiness } from '@/lib/qun/read-readiness'
import { storedSentence } from '@/lib/i18n/read-sentence'
import type { WireNextStep } from '@/lib/http/contract/qun-contracts'
import type { WebContext } from '@/lib/http/web-context'

type Context = Pick<WebContext, 'db' | 'env'>

/** Presents a merchant group in `/v1`, without its code and the owner's link. */
export function presentQun({ env }: Pick<Context, 'env'>, qun: QunView) {
  return {
    id: qun.id,
    number: qun.number,
    name: shownName(qun),
    status: qun.status,
    owner: qun.ownerName,
    assistant: qun.assistantUsername,
    robot_id: qun.robotId,
    room_id: qun.roomId,
    member_count: qun.memberCount,
    customer_group: isCustomerGroup(qun),
    url: joinLink(env.PUBLIC_URL, qun.number),
    error_msg: failureText(qun),
    created_at: qun.createdAt.toISOString(),
  }
}

/** Presents a merchant group with its next step, join token and number of people. */
export async function presentQunDetail(ctx: Context, qun: QunView) {
  const { db } = ctx
  const { id: qunId, status } = qun
  const [readiness, joinToken, funnels] = await Promise.all([
    readReadiness(db, qun),
    getJoinToken(db, { qunId }),
    countFunnels(db, { qunIds: [qunId] }),
  ])
  const { opened = 0, added = 0, joined = 0 } = funnels.get(qunId) ?? {}
  return {
    ...presentQun(ctx, qun),
    next_step: wireSteps[getNextStep({ status, isCustomerGroup: isCustomerGroup(qun), readiness })],
    join_token: joinToken && presentJoinToken(joinToken),
    opened_count: opened,
    added_count: added,
    joined_count: joined,
  }
}

export function presentJoinToken({ token, expiresAt, maxUses, useCount, ...is }: JoinToken) {
  return {
    token: encodeJoinToken(token),
    valid: is.replacedAt === null && !is.isExpired && !is.isUsedUp,
    expires_at: expiresAt?.toISOString() ?? null,
    max_uses: maxUses,
    use_count: useCount,
  }
}

/** Presents one person of a merchant group. */
export function presentQunMember(member: Member) {
  const { id, nickname, role, state, identifiedBy, joinedAt, changedAt } = member
  return {
    id,
    nickname,
    is_owner: role === 'owner',
    state,
    identified_by: identifiedBy,
    error_msg: failureText(member),
    joined_at: joinedAt?.toISOString() ?? null,
    changed_at: changedAt.toISOString(),
  }
}

type Stored = { failure: string; failureReason: string | null; failureParams: SentenceParams | null }

function failureText({ failure: text, failureReason: reason, failureParams: params }: Stored): string {
  const sentence = storedSentence({ text, reason, params })
  return sentence ? contractText(sentence) : text
}

function isCustomerGroup({ connection }: QunView): boolean {
  return capabilitiesOf[connection].qunRoom === 'take'
}

const wireSteps: Record<NextStep, WireNextStep> = {
  reopen: 'reopen',
  resume: 'resume',
  makeAnother: 'make_another',
  addPoolGroup: 'add_pool_group',
  logIn: 'log_in',
  addStarters: 'add_starters',
  findStarters: 'find_starters',
  sendOwnerLink: 'send_owner_link',
  waitForRoom: 'wait_for_room',
  shareLink: 'share_link',
}
