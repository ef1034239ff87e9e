import { Command, Option } from 'commander'
import { decideAndRecord, updateQun } from '@/lib/actions/update-qun'
import type { Tx } from '@/lib/db/client'
import { membershipState } from '@/lib/db/schema/membership'
import { storedSentence } from '@/lib/i18n/read-sentence'
import { type MemberDecision, memberDecisions } from '@/lib/membership/member-decisions'
import type { Member, MemberState } from '@/lib/membership/list-members'
import { findMember, listMembersByCursor } from '@/lib/membership/list-members-by-cursor'
import { findQunOrThrow, getQunOrThrow } from '@/lib/qun/get-qun'
import { shownName } from '@/lib/qun/qun-view'
import { contractText } from '@/lib/sentence'
import { readPageSize } from '@/cli/read-option'
import { withAction } from '@/cli/run-command'

type MembersOptions = { qun: string; state?: MemberState; search?: string; cursor?: string; limit: number }
type DecideOptions = { qun: string; member: string; decision: MemberDecision }
type LinkOptions = { qun: string; room: string }

const columns = { members: ['id', 'nickname', 'state', 'identifiedBy', 'isOwner', 'failure'] }

/** `qun members`, `qun decide` and `qun link-room`. Spec: D4 (commands), B4 (POST /wxbot/qun). */
export function qunMembers(): Command[] {
  const withQun = (command: Command) => command.requiredOption('--qun <id>', 'id, number or link of the group')
  const members = withQun(new Command('members').description('list the people of a merchant group'))
    .addOption(new Option('--state <state>', 'only those in this state').choices(membershipState.enumValues))
    .option('--search <text>', 'part of the nickname')
    .option('--cursor <id>', 'nextCursor of the previous page')
    .option('--limit <n>', 'rows of a page, 1 to 100', readPageSize, 50)
  const decide = withQun(
    new Command('decide').description('decide whether a person identified by nickname is the right one'),
  )
    .requiredOption('--member <id>', 'id of the person in the list of members')
    .addOption(
      new Option('--decision <answer>', 'yes: the same person; no: another one; remove: delete from the list')
        .choices(memberDecisions)
        .makeOptionMandatory(),
    )
  const link = withQun(
    new Command('link-room').description('link a pending merchant group to a room of its assistant'),
  ).requiredOption('--room <id>', 'room id')
  return [
    withAction<MembersOptions>(members, runMembers, columns),
    withAction<DecideOptions>(decide, runDecide),
    withAction<LinkOptions>(link, runLink),
  ]
}

async function runMembers(tx: Tx, { qun: reference, ...page }: MembersOptions) {
  const { id: qunId } = await findQunOrThrow(tx, { reference })
  const { rows, nextCursor } = await listMembersByCursor(tx, { qunId, ...page })
  return { members: rows.map(showMember), nextCursor }
}

/** Records a decision; `member` null: removed. */
async function runDecide(tx: Tx, { qun: reference, member: membershipId, decision }: DecideOptions) {
  const { id: qunId } = await findQunOrThrow(tx, { reference })
  await decideAndRecord(tx, { who: { actor: 'cli' } }, { qunId, membershipId, decision })
  const member = await findMember(tx, { qunId, membershipId })
  return { qunId, decision, member: member && showMember(member) }
}

async function runLink(tx: Tx, { qun: reference, room: roomId }: LinkOptions) {
  const { id: qunId } = await findQunOrThrow(tx, { reference })
  await updateQun(tx, { who: { actor: 'cli' } }, { qunId, change: { roomId } })
  const qun = await getQunOrThrow(tx, { qunId })
  return { qunId, status: qun.status, roomId, name: shownName(qun) }
}

function showMember({ id, nickname, role, identifiedBy, state, joinedAt, changedAt, ...stored }: Member) {
  const { failure: text, failureReason: reason, failureParams: params } = stored
  const sentence = storedSentence({ text, reason, params })
  const failure = sentence ? contractText(sentence) : text
  return { id, nickname, state, identifiedBy, isOwner: role === 'owner', failure, joinedAt, changedAt }
}
