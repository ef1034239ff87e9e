import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import { addNote } from '@/lib/conversation/add-note'
import { assignConversation } from '@/lib/conversation/assign-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { releaseConversation } from '@/lib/conversation/release-conversation'
import { requestHandover } from '@/lib/conversation/request-handover'
import { resolveConversation } from '@/lib/conversation/resolve-conversation'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { getOperatorByEmailOrThrow } from '@/lib/operator/list-operators'
import type { ReplyOptions } from '@/cli/conversation-reply'
import { readNote, readReason } from '@/cli/read-option'
import { type Action, withAction, withLongAction } from '@/cli/run-command'

/** `conversation assign`, `reply`, `resolve`, `handover` and `note`. Spec: F5 (API and command line). */
export function conversationChanges(): Command[] {
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--conversation <id>', 'conversation id')
  const assign = of('assign', 'assign a conversation to an operator, or release it').requiredOption(
    '--operator <email>',
    'email of the operator; empty: release it, so that it waits for a person',
  )
  const reply = of('reply', 'send a reply and wait until WeChat has accepted it')
    .option('--text <text>', 'text message')
    .option('--image <url|file>', 'image: its URL, or a file of this computer')
    .option('--file <file>', 'file of this computer')
    .option('--idempotency-key <key>', 'a repeated call with this key does not send again')
  const handover = of('handover', 'request a person; automatic replies stop').option(
    '--reason <text>',
    'reason that operators see',
    readReason,
    '',
  )
  const note = of('note', 'write a note that only operators see').requiredOption('--text <text>', 'note', readNote)
  return [
    withAction<Target & { operator: string }>(assign, runAssign),
    withLongAction<ReplyOptions>(reply, async (db, options) => (await loadReply()).replyTo(db, options)),
    withAction<Target>(of('resolve', 'resolve a conversation'), runResolve),
    withAction<Target & { reason: string }>(handover, runHandover),
    withAction<Target & { text: string }>(note, runNote),
  ]
}

/** Loaded on demand, because the queue's libraries take longer to load than most commands to run. */
const loadReply = () => import('@/cli/conversation-reply')

type Target = { conversation: string }

const runAssign: Action<Target & { operator: string }> = async (
  tx,
  { conversation: conversationId, operator: email },
) => {
  const change = { conversationId, operatorId: null }
  if (email === '') {
    if (!(await releaseConversation(tx, change)))
      throw new AppError('ILLEGAL_ACTION', { reason: 'conversation_not_assigned', parameter: 'operator' })
    return record(tx, 'conversation.release', conversationId)
  }
  const { id: assigneeId, email: name } = await getOperatorByEmailOrThrow(tx, { email })
  await assignConversation(tx, { ...change, assigneeId })
  return record(tx, 'conversation.assign', conversationId, { email: name })
}

const runResolve: Action<Target> = async (tx, { conversation: conversationId }) => {
  await resolveConversation(tx, { conversationId, operatorId: null })
  return record(tx, 'conversation.resolve', conversationId)
}

const runHandover: Action<Target & { reason: string }> = async (tx, { conversation: conversationId, reason: text }) => {
  await requestHandover(tx, { id: conversationId }, { source: 'api', text })
  return record(tx, 'conversation.handover', conversationId)
}

const runNote: Action<Target & { text: string }> = async (tx, { conversation: conversationId, text }) => {
  await addNote(tx, { conversationId, operatorId: null, text })
  return record(tx, 'conversation.note', conversationId)
}

type Recorded = `conversation.${'assign' | 'release' | 'resolve' | 'handover' | 'note'}`

/** Records the change and returns the state of the conversation after it. */
async function record(tx: Tx, action: Recorded, conversationId: string, detail: { email?: string } = {}) {
  await recordAudit(tx, { actor: 'cli', action, targetId: conversationId, detail })
  const { state, assigneeEmail: operator } = await getConversationOrThrow(tx, { conversationId })
  return { conversationId, state, operator }
}
