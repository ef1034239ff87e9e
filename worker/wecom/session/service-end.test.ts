import { describe, expect, it } from 'vitest'
import { resolveConversation } from '@/lib/conversation/resolve-conversation'
import { isAutomaticReplyAllowed } from '@/lib/conversation/find-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { recordServiceHandover } from '@/lib/conversation/service-handover'
import { presentConversation } from '@/lib/http/present-conversation'
import { updateRobot } from '@/lib/robot/update-robot'
import { useReception } from '@/worker/testing/use-reception'

const reception = useReception()
const { test, customer, setUp, act, say, rows, isHeard, conversation, isState, serviceState, isServiceState } =
  reception
const { robotId, wake, conversationId, refusals, request } = reception

describe('a conversation that is resolved here', () => {
  const resolve = async () => {
    const change = { conversationId: await conversationId(), operatorId: null }
    await test.db.transaction((tx) => resolveConversation(tx, change))
    await wake()
  }
  const isEndDone = () => test.until(async () => (await conversation())?.['service_end_at'] === null)
  const isHeld = (state: string | null) => test.until(async () => (await conversation())?.['service_state'] === state)

  it('while an employee has it ends in WeCom, and the next message belongs to the robot', async () => {
    await setUp({})
    await say('在吗')
    await isHeard('在吗')
    await act('take-over')
    await isHeld('employee')
    await resolve()
    await isServiceState(4)
    await isHeld('ended')
    expect(await conversation()).toMatchObject({ state: 'closed', service_end_at: null })
    await say('谢谢')
    await isState('bot')
    expect(await conversation()).toMatchObject({ service_state: null })
    const words = await test.accept({ robotId: robotId(), toUser: customer, content: '不客气' })
    await wake()
    await test.until(async () => (await rows()).find(({ id }) => id === words)?.state === 'sent')
  })

  it('while it waits in the queue is given to the chosen employee to end it, and stays resolved', async () => {
    await setUp({ handsOverInService: true })
    await say('人工')
    await isHeard('人工')
    await request()
    await isHeld('queue')
    await test.db.transaction((tx) => updateRobot(tx, { robotId: robotId(), servicerId: 'ZhangSan' }))
    await resolve()
    await isServiceState(4)
    await isHeld('ended')
    // WeCom announces that the employee has taken it, and that it has ended, before this.
    await say('谢谢')
    await isState('bot')
    const kinds =
      await test.sql`select kind from conversation_entries e join conversations c on c.id = e.conversation_id
      where c.robot_id = ${robotId()} order by e.id`
    expect(kinds.map(({ kind }) => kind)).toEqual(['handover_requested', 'resolved'])
  })

  it('while it waits in the queue without a chosen employee says that WeCom keeps it there, and silences the robot', async () => {
    await setUp({ handsOverInService: true })
    await say('人工')
    await isHeard('人工')
    await request()
    await isHeld('queue')
    await resolve()
    await test.until(async () => (await refusals()).length === 1)
    expect(await refusals()).toEqual([{ detail: { refusal: { reason: 'wecom_still_queued' }, isEnd: true } }])
    expect(await conversation()).toMatchObject({ state: 'closed', service_state: 'queue', service_end_at: null })
    await say('谢谢')
    await isState('bot')
    const row = await getConversationOrThrow(test.db, { conversationId: await conversationId() })
    expect(isAutomaticReplyAllowed(row)).toBe(false)
    expect(presentConversation(row)).toMatchObject({ service_state: 'queue' })
  })

  it('while the robot has it requests nothing in WeCom', async () => {
    await setUp({})
    await say('在吗')
    await isHeard('在吗')
    await resolve()
    await isEndDone()
    expect(await conversation()).toMatchObject({ state: 'closed', service_state: null })
    expect(await serviceState()).toBe(0)
  })

  it('is asked to end again while WeCom cannot be reached', async () => {
    await setUp({})
    await say('在吗')
    await isHeard('在吗')
    await act('take-over')
    await isHeld('employee')
    await test.control('/faults', { path: 'service_state/get', kind: 'reset' })
    await resolve()
    await test.until(async () => {
      const [due] = await test.sql`select 1 from conversations where robot_id = ${robotId()} and service_end_at > now()`
      return due !== undefined
    })
    await test.sql`update conversations set service_end_at = now() where robot_id = ${robotId()}`
    await wake()
    await isServiceState(4)
    await isEndDone()
    expect(await refusals()).toEqual([])
  }, 40_000)

  it('that WeCom had ended itself returns to the robot after two days, although the end was not seen', async () => {
    await setUp({})
    await say('在吗')
    await isHeard('在吗')
    await test.sql`update conversations set service_state = 'employee', service_state_at = now() - interval '49 hours'
      where robot_id = ${robotId()}`
    await say('还在吗')
    await isHeard('还在吗')
    expect(await conversation()).toMatchObject({ service_state: null })
  })

  it('during the request for an employee ends in WeCom as soon as that is done', async () => {
    await setUp({})
    await say('人工')
    await isHeard('人工')
    await act('take-over')
    await isHeld('employee')
    await test.sql`update conversations set state = 'closed', service_state = null where robot_id = ${robotId()}`
    const handover = {
      conversationId: await conversationId(),
      outcome: { outcome: 'done', state: 'employee' },
    } as const
    await test.db.transaction((tx) => recordServiceHandover(tx, handover))
    await wake()
    await isServiceState(4)
    await isHeld('ended')
    expect(await conversation()).toMatchObject({ state: 'closed' })
  })
})
