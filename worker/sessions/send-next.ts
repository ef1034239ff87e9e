import { tellOfSent } from '@/lib/callback/tell-of-sent'
import type { Tx } from '@/lib/db/client'
import { putOffSends } from '@/lib/message/put-off-sends'
import { type MessageEnd, putMessageBack, refuseQueuedMessage, settleMessage } from '@/lib/message/settle-message'
import { peekNextMessage, type Send, takeMessage } from '@/lib/message/take-next-message'
import { wakeLane } from '@/lib/queue/wake'
import { endCooldown } from '@/lib/robot/cooldown'
import { getSendPace } from '@/lib/robot/get-send-pace'
import { LeaseLostError } from '@/lib/session/lease'
import type { SendOutcome } from '../wechat/port'
import type { OpenSession } from './open-session'
import { nextSendInMs } from './pacing'
import { prepareSend } from './prepare-send'
import type { RobotLife } from './robot-life'

/** So often a message is tried that does not get out although the session is well; an outage of WeChat counts no tries. */
const maxTries = 3

/** Sends the oldest waiting message; false when there is nothing to do now. Spec: 发送消息, A11. */
export async function sendNext(life: RobotLife, session: OpenSession): Promise<boolean> {
  const { tenure, context } = life
  const send = await tenure.write((tx) => peekNextMessage(tx, tenure))
  // Right after a login WeChat has not told yet how its rooms are called now; it wakes us when it has.
  if (!send || (send.to === null && !session.areRoomsKnown)) return false
  if (send.cooldownMs !== null && send.cooldownMs > 0) {
    life.wakeIn(send.cooldownMs)
    return false
  }
  const prepared = await prepareSend(context, { send, connection: session.connection })
  if ('state' in prepared) {
    await tenure.write((tx) => refuseQueuedMessage(tx, send.messageId, prepared))
    return true
  }
  await tenure.pause(nextSendInMs(await getSendPace(context.db, tenure), Math.random()))
  // A logout, an outage or the message's deadline may have overtaken the wait.
  if (tenure.isClosing || session.state !== 'online') return true
  if (!(await tenure.write((tx) => takeMessage(tx, send)))) return true
  const outcome: SendOutcome = tenure.mayCall()
    ? await prepared.call()
    : { outcome: 'unsent', code: 'WECHAT_UNREACHABLE', message: '机器人的归属没有确认，未发送' }
  await finishTry(life, { session, send, outcome })
  return true
}

/** Writes how a try ended. Only what provably never left, or what WeChat refused with 1205, waits for another one, in its old place (G1). */
async function finishTry(
  life: RobotLife,
  { session, send, outcome }: { session: OpenSession; send: Send; outcome: SendOutcome },
): Promise<void> {
  const { tenure, traffic } = life
  const { messageId, robotId } = send
  const isTooOften = outcome.outcome === 'refused' && outcome.code === 'WECHAT_TOO_OFTEN'
  if (isTooOften && session.state !== 'ended') {
    const { code, message } = outcome
    return untilWritten(life, messageId, (tx) => putOffSends(tx, send, { state: 'refused', code, message }))
  }
  if (outcome.outcome !== 'unsent' || outcome.code === 'SESSION_GONE' || session.state === 'ended') {
    const end = endOf(outcome)
    const lane = await untilWritten(life, messageId, async (tx) => {
      await settleMessage(tx, messageId, end)
      if (end.state === 'sent' && send.cooldownMs !== null) await endCooldown(tx, { robotId, operation: 'send' })
      return end.state === 'sent' ? tellOfSent(tx, send) : null
    })
    if (lane) void wakeLane(life.context, lane)
    return
  }
  const { code, message } = outcome
  if (session.state === 'online') {
    const tries = traffic.tried?.messageId === messageId ? traffic.tried.times + 1 : 1
    traffic.tried = { messageId, times: tries }
    if (tries >= maxTries)
      return untilWritten(life, messageId, (tx) => settleMessage(tx, messageId, { state: 'refused', code, message }))
  }
  await untilWritten(life, messageId, (tx) => putMessageBack(tx, { messageId, code }))
  await tenure.pause(1000 * (traffic.tried?.times ?? 1))
}

function endOf(outcome: SendOutcome): MessageEnd {
  switch (outcome.outcome) {
    case 'taken':
      return { state: 'sent', wechatId: outcome.wechatId }
    case 'refused':
      return { state: 'refused', code: outcome.code, message: outcome.message }
    case 'unsent':
      return { state: 'refused', code: 'SESSION_GONE', message: '微信已经退出登录' }
    case 'unknown':
      return { state: 'unknown', code: 'OUTCOME_UNKNOWN', message: outcome.message }
  }
}

/** What became of a send must not stay open because the database was away: it is written until it is, or the lease is lost. */
async function untilWritten<T>(life: RobotLife, messageId: string, write: (tx: Tx) => Promise<T>): Promise<T> {
  const { tenure, context } = life
  for (let delayMs = 200; ; delayMs = Math.min(5000, delayMs * 2)) {
    try {
      return await tenure.write(write)
    } catch (error) {
      if (error instanceof LeaseLostError || tenure.isOver) throw error
      context.log.warn({ err: error, messageId }, 'end of a message not written, trying again')
      await new Promise((resolve) => setTimeout(resolve, delayMs))
    }
  }
}
