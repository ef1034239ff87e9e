import { afterEach, describe, expect, it } from 'vitest'
import { replySettings } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import { newId } from '@/lib/id'
import { createRule } from '@/lib/rule/change-rules'
import { completeRule } from '@/lib/rule/rule-fields'
import { givenApplication } from '@/lib/testing/factories'
import { recordCallback } from '@/lib/wecom/record-callback'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

const account = 'wkSimulator0001'
const wxid = 'wxid_liwei0000102'
const chat = `/wecom/accounts/${account}/people/${wxid}`
/** Advisory lock at which a killed process waits. */
const stepLock = 4711
const wecomTimes = { pollMs: 200, retryMs: 100, outageMs: 300 }

const test = useRobots()
let killed: WorkerProcess | undefined
let connectorId: string
let robotId: string
afterEach(async () => {
  await killed?.kill()
  // No later worker may resume the sessions of killed workers.
  await test.sql`update sessions set state = 'ended'`
})

const rows = (direction: 'in' | 'out') =>
  test.messages(robotId).then((all) => all.filter((message) => message.direction === direction))
const conversation = async () => (await test.sql`select * from conversations where robot_id = ${robotId}`)[0]
const seen = async () =>
  ((await test.control(`${chat}/messages`)).messages as { from: string; text: string }[])
    .filter(({ from }) => from === 'api')
    .map(({ text }) => text)
const serviceState = async () =>
  (await test.control('/wecom/state')).conversations.find((one: { wxid: string }) => one.wxid === wxid)?.state
type Call = { path: string; fault: string | null }
const callsOf = async (path: string) => (await test.control(`/calls?path=${path}`)).calls as Call[]

/** A robot with a rule, a welcome text and the handover in WeCom, online in a process of its own. */
async function setUp(): Promise<void> {
  connectorId = (await connectCompany(test)).connectorId
  const applicationId = await givenApplication(test.db)
  await test.db
    .insert(replySettings)
    .values({ applicationId, usesRules: true, usesHandover: true, personCooldownSeconds: 0 })
  const rule = completeRule.parse({ name: '答', trigger: 'contains', patterns: ['问'], answer: 'text', content: '答' })
  await test.db.transaction((tx) => createRule(tx, { applicationId, ruleId: newId('rule'), ...rule }))
  robotId = await test.givenRobot({ applicationId, connection: 'wecom_kf', connectorId, username: account })
  await test.db.update(robots).set({ sendRatePerMinute: 0, welcomeText: '您好', handsOverInService: true })
  await test.db.transaction((tx) => startKfSessions(tx))
  killed = await startWorkerProcess({
    DATABASE_URL: test.databaseUrl,
    WECHAT: 'simulator',
    WECHAT_ORIGIN: test.simulatorOrigin,
    WECOM_ORIGIN: test.simulatorOrigin,
    EGRESS_ALLOW: '127.0.0.0/8',
  })
  await test.until(async () => (await test.sql`select 1 from sessions where state = 'online'`).length > 0, 60_000)
}

const act = {
  asks: () => test.control(`${chat}/messages`, { type: 'text', text: '问' }),
  wantsPerson: () => test.control(`${chat}/messages`, { type: 'text', text: '人工' }),
  enters: () => test.control(`${chat}/enter`, {}),
}
type Act = (typeof act)[keyof typeof act]

/** Kills the process at a step. Each way brings it there first, and proves that it is there. */
const killAt = {
  /** While WeCom has not taken the call (`before`), or has taken it and not answered (`after`). */
  call: (path: string, when: 'before' | 'after') => async (begin: Act) => {
    await test.control('/faults', { path, kind: 'hang', when })
    await begin()
    await callBack()
    await test.until(async () => (await callsOf(path)).some(({ fault }) => fault !== null))
    await killed?.kill()
    await test.control('/faults', undefined, 'DELETE')
  },
  /** Within the transaction that changes a row in this way. */
  update: (table: string, condition: string) => async (begin: Act) => {
    await test.sql.unsafe(`
      create function wait_here() returns trigger language plpgsql as
        'begin perform pg_advisory_xact_lock(${stepLock}); return new; end';
      create trigger wait_here before update on ${table} for each row when (${condition}) execute function wait_here()`)
    await killWhileLocked(begin, `select pg_advisory_xact_lock(${stepLock})`)
    await test.sql.unsafe('drop function wait_here cascade')
  },
  /** While it reads a table. */
  read: (table: string) => (begin: Act) => killWhileLocked(begin, `lock table ${table} in access exclusive mode`),
}

async function killWhileLocked(begin: Act, lock: string): Promise<void> {
  await test.sql.begin(async (tx) => {
    await tx.unsafe(lock)
    await begin()
    await callBack()
    await test.until(async () => (await test.lockWaiters()).length > 0)
    await killed?.kill()
    // Postgres notices the broken connection only when it responds.
    for (const pid of await test.lockWaiters()) await tx`select pg_terminate_backend(${pid}, 5000)`
  })
}

/** Announces new entries as a callback of WeCom does. */
async function callBack(): Promise<void> {
  const hint = { openKfId: account, syncToken: '' }
  await test.db.transaction((tx) => recordCallback(tx, { connectorId, nonce: newId('message'), hint }))
}

/** Another worker takes the robot over and finishes what is open; returns a wait that keeps it awake, as the sweep does. */
async function takeOver(): Promise<(condition: () => Promise<boolean>) => Promise<void>> {
  await test.sql`update leases set expires_at = clock_timestamp() - interval '1 hour' where robot_id = ${robotId}`
  const next = test.startWorker({ wecomTimes })
  const until = (condition: () => Promise<boolean>) =>
    test.until(async () => {
      await next.wake(robotId)
      return condition()
    }, 60_000)
  const count = async (where: string) =>
    Number((await test.sql.unsafe(`select count(*) from ${where} and robot_id = '${robotId}'`))[0]?.['count'])
  await until(async () => {
    const open = [
      `messages where direction = 'out' and state in ('queued', 'sending')`,
      'reply_decisions where decided_at is null',
      'conversations where service_handover_at is not null',
    ]
    return (await Promise.all(open.map(count))).every((number) => number === 0)
  })
  return until
}

const isClaimed = `new.state = 'sending'`
// A message that did not leave a busy worker is queued again.
const isAnswered = `old.state = 'sending' and new.state = 'sent'`

describe('a worker killed', () => {
  it.each<[string, (begin: Act) => Promise<void>, 'sent' | 'unknown', number]>([
    ['while it pulls the message', killAt.call('kf/sync_msg', 'before'), 'sent', 1],
    ['after WeCom answered the pull', killAt.call('kf/sync_msg', 'after'), 'sent', 1],
    ['while it stores message and position', killAt.update('sessions', 'true'), 'sent', 1],
    ['before it decides about the reply', killAt.read('reply_rules'), 'sent', 1],
    ['while it stores the decision', killAt.update('reply_decisions', `new.state = 'done'`), 'sent', 1],
    ['before it claims the reply', killAt.update('messages', isClaimed), 'sent', 1],
    ['before the reply reaches WeCom', killAt.call('kf/send_msg', 'before'), 'unknown', 0],
    ['after the reply reached WeCom', killAt.call('kf/send_msg', 'after'), 'unknown', 1],
    ['while it stores what WeCom answered', killAt.update('messages', isAnswered), 'unknown', 1],
  ])(
    '%s stores the message once and answers it once',
    async (_, kill, state, delivered) => {
      await setUp()
      await kill(act.asks)
      const until = await takeOver()
      await until(async () => (await rows('out')).some(({ finishedAt }) => finishedAt !== null))
      expect((await rows('in')).map(({ content }) => content)).toEqual(['问'])
      expect(await rows('out')).toMatchObject([{ content: '答', state }])
      expect(await seen()).toEqual(Array.from({ length: delivered }, () => '答'))
      // Wakes and pulls that follow change nothing.
      await test.control(`${chat}/messages`, { type: 'text', text: '谢谢' })
      await until(async () => (await rows('in')).length === 2)
      expect(await rows('out')).toHaveLength(1)
      expect(await seen()).toHaveLength(delivered)
    },
    120_000,
  )

  it.each<[string, (begin: Act) => Promise<void>, number | null]>([
    // The code may have expired when the next worker stores the entry.
    ['before it stores the entry', killAt.update('sessions', 'true'), null],
    ['before the welcome text reaches WeCom', killAt.call('kf/send_msg_on_event', 'before'), 0],
    ['after the welcome text reached WeCom', killAt.call('kf/send_msg_on_event', 'after'), 1],
    ['while it stores what WeCom answered', killAt.update('messages', isAnswered), 1],
  ])(
    '%s sends the welcome text once at most, and loses none that was sent from the conversation',
    async (_, kill, delivered) => {
      await setUp()
      await kill(act.enters)
      const until = await takeOver()
      await act.asks()
      await until(async () => (await seen()).includes('答'))
      const welcomes = (await rows('out')).filter(({ replySource }) => replySource === 'welcome')
      const texts = (await seen()).filter((text) => text === '您好')
      expect(texts).toHaveLength(delivered ?? welcomes.length)
      const states = delivered === null ? welcomes.map(() => 'sent') : ['unknown']
      expect(welcomes.map(({ state }) => state)).toEqual(states)
    },
    120_000,
  )

  it.each<[string, (begin: Act) => Promise<void>]>([
    ['before it asks for the state', killAt.call('service_state/get', 'before')],
    ['before the request reaches WeCom', killAt.call('service_state/trans', 'before')],
    ['after the request reached WeCom', killAt.call('service_state/trans', 'after')],
    [
      'while it stores what WeCom answered',
      killAt.update('conversations', 'new.service_handover_at is null and old.service_handover_at is not null'),
    ],
  ])(
    '%s requests a person in WeCom, once',
    async (_, kill) => {
      await setUp()
      await kill(act.wantsPerson)
      const until = await takeOver()
      await until(async () => (await serviceState()) === 2)
      expect(await conversation()).toMatchObject({ state: 'waiting', service_handover_at: null })
      const entries = await test.sql`select 1 from conversation_entries where kind = 'handover_requested'
        and conversation_id = ${(await conversation())?.['id'] as string}`
      expect(entries).toHaveLength(1)
    },
    120_000,
  )
})
