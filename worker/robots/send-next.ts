import { failWith } from '@/lib/errors'
import { recordMessageSent } from '@/lib/callback/event/message-events'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { countParts } from '@/lib/connection/text-parts'
import type { Tx } from '@/lib/db/client'
import { cancelOverdueMessages } from '@/lib/message/cancel-message'
import {
  deferSends,
  type MessageResult,
  type Refusal,
  requeueMessage,
  refuseQueuedMessage,
  settleMessage,
} from '@/lib/message/settle-message'
import { findWindowProblem } from '@/lib/message/reply-window'
import { claimMessage, peekNextMessage, type Send, settleSentMessage } from '@/lib/message/claim-next-message'
import { endCooldown } from '@/lib/robot/cooldown'
import { retry, sleep } from '@/lib/retry'
import { LeaseLostError } from '@/lib/session/lease'
import { traceSend } from '@/worker/robots/trace-send'
import { observeSend, sendsTotal } from '@/worker/metrics/metrics'
import type { SendOutcome } from '@/worker/wechat/port'
import type { OpenSession } from '@/worker/robots/open-session'
import { nextSendInMs } from '@/worker/robots/pacing'
import { prepareSend } from '@/worker/robots/prepare-send'
import type { RobotRunner } from '@/worker/robots/robot-runner'

/** Maximum attempts per message while the session is online; attempts during an outage do not count. */
const maxAttempts = 3
/** Maximum wait for the end of a session that WeChat has reported to a send. */
const sessionEndMs = 2000

/** Sends the oldest waiting message; returns false if none is due. Spec: 发送消息, A11 (send). */
export async function sendNext(runner: RobotRunner, session: OpenSession): Promise<boolean> {
  const { lease, context } = runner
  const { next: send, atMs: peekedMs } = await takePeeked(runner)
  // After a login the current `@@…` of rooms are unknown until WeChat lists them; that wakes the robot.
  if (send?.isOverdue) {
    await lease.write((tx) => cancelOverdueMessages(tx, lease))
    return true
  }
  if (!send || (send.to === null && !session.areRoomsKnown)) return false
  if (send.cooldownMs !== null && send.cooldownMs > 0) {
    runner.wakeIn(send.cooldownMs)
    return false
  }
  const closed = await findClosedWindow(runner, send)
  const prepared = closed ?? (await prepareSend(context, { send, connection: session.connection }))
  if ('state' in prepared) {
    await lease.write((tx) => refuseQueuedMessage(tx, send.messageId, prepared))
    return true
  }
  // Measured after the preparation, which may have taken a while.
  const sinceLastSendMs = send.pace.sinceLastSendMs && send.pace.sinceLastSendMs + performance.now() - peekedMs
  await lease.pause(nextSendInMs({ ...send.pace, sinceLastSendMs }, Math.random()))
  // A logout, an outage or the message's deadline may have come during the pause.
  if (lease.isClosing || session.state !== 'online') return true
  if (!(await lease.writeOnce((db, held) => claimMessage(db, send, held)))) return true
  await traceSend(send, async () => {
    const outcome: SendOutcome = lease.isValid()
      ? await observeSend(send.connection, () => prepared.call())
      : { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'ownership_unconfirmed') }
    await recordOutcome(runner, { session, send, outcome })
    return outcome
  })
  return true
}

/** Returns the message that the previous send has peeked at. A message accepted since then has woken the robot once more. */
async function takePeeked(runner: RobotRunner): Promise<NonNullable<RobotRunner['peeked']>> {
  const { peeked, context, lease } = runner
  runner.peeked = null
  return peeked ?? { atMs: performance.now(), next: await peekNextMessage(context.db, lease) }
}

/** Checked again right before the send: messages accepted together may have used the window up. */
async function findClosedWindow({ lease }: RobotRunner, send: Send): Promise<Refusal | null> {
  const { robotId, connection, to } = send
  if (!to || !capabilitiesOf[connection].replyWindow) return null
  const partCount = countParts(connection, send)
  const problem = await lease.write((tx) => findWindowProblem(tx, { robotId, connection, peerUsername: to, partCount }))
  return problem && { state: 'refused', code: 'ILLEGAL_ACTION', sentence: problem }
}

/**
 * Records the outcome of an attempt. Requeues the message, in its place, only if it provably never left or WeChat refused it with 1205.
 * Spec: G1 (send at most once).
 */
async function recordOutcome(
  runner: RobotRunner,
  { session, send, outcome }: { session: OpenSession; send: Send; outcome: SendOutcome },
): Promise<void> {
  const { lease } = runner
  const { messageId } = send
  // The connection has reported the end as well: a client that reads the refusal finds the robot offline.
  if ('code' in outcome && outcome.code === 'SESSION_GONE') await sleep(sessionEndMs, session.end.signal)
  const isTooOften = outcome.outcome === 'refused' && outcome.code === 'WECHAT_TOO_OFTEN'
  if (isTooOften && session.state !== 'ended') {
    const { code, sentence } = outcome
    return writeWithRetry(runner, messageId, (tx) => deferSends(tx, send, { state: 'refused', code, sentence }))
  }
  if (outcome.outcome !== 'unsent' || outcome.code === 'SESSION_GONE' || session.state === 'ended') {
    if (outcome.outcome === 'accepted') return recordSent(runner, send, outcome.wechatId)
    const end = endOf(outcome)
    sendsTotal.inc({ connection: send.connection, outcome: end.state })
    return writeWithRetry(runner, messageId, (tx) => settleMessage(tx, messageId, end))
  }
  const { code, sentence } = outcome
  if (session.state === 'online') {
    const attempts = runner.lastRequeued?.messageId === messageId ? runner.lastRequeued.attempts + 1 : 1
    runner.lastRequeued = { messageId, attempts }
    if (attempts >= maxAttempts)
      return writeWithRetry(runner, messageId, (tx) =>
        settleMessage(tx, messageId, { state: 'refused', code, sentence }),
      )
  }
  await writeWithRetry(runner, messageId, (tx) => requeueMessage(tx, { messageId, code }))
  await lease.pause(1000 * (runner.lastRequeued?.attempts ?? 1))
}

/** Records an accepted message and peeks at the next one. */
async function recordSent(runner: RobotRunner, send: Send, wechatId: string | null): Promise<void> {
  const { messageId, robotId } = send
  const settled = await persist(runner, messageId, () =>
    runner.lease.writeChecked(async (tx, lease) => {
      const result = await settleSentMessage(tx, send, { wechatId, lease })
      if (result && send.cooldownMs !== null) await endCooldown(tx, { robotId, operation: 'send' })
      if (result?.isSubscribed) await recordMessageSent(tx, send)
      return result
    }),
  )
  sendsTotal.inc({ connection: send.connection, outcome: 'sent' })
  runner.peeked = { next: settled.next, atMs: performance.now() }
}

function endOf(outcome: Exclude<SendOutcome, { outcome: 'accepted' }>): MessageResult {
  switch (outcome.outcome) {
    case 'refused':
      return { state: 'refused', code: outcome.code, sentence: outcome.sentence }
    case 'unsent':
      return { state: 'refused', ...failWith('SESSION_GONE', 'logged_out') }
    case 'unknown':
      return { state: 'unknown', code: 'OUTCOME_UNKNOWN', sentence: outcome.sentence }
  }
}

/** Retries a write until it succeeds or the lease is lost: an unreachable database must not leave a send without its outcome. */
function writeWithRetry<T>(runner: RobotRunner, messageId: string, write: (tx: Tx) => Promise<T>): Promise<T> {
  return persist(runner, messageId, () => runner.lease.write(write))
}

function persist<T>({ lease, context }: RobotRunner, messageId: string, write: () => Promise<T>): Promise<T> {
  return retry(write, {
    minMs: 200,
    maxMs: 5_000,
    onFailure: (error) => {
      if (error instanceof LeaseLostError || lease.isOver) throw error
      context.log.warn({ err: error, messageId }, 'outcome of a message not written, retrying')
    },
  })
}
