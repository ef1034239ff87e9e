import { afterEach, describe, expect, it } from 'vitest'
import { captureLog } from '@/lib/testing/capture-log'
import { ilinkDriver, webDriver } from '@/worker/testing/conformance-drivers'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const ilinkTimes = { codePauseMs: 50, retryMs: 50, outageMs: 200 }
let killed: WorkerProcess | undefined
afterEach(async () => {
  await killed?.kill()
  // No later worker may resume the sessions of killed workers.
  await test.sql`update sessions set state = 'ended'`
})

describe.each([webDriver, ilinkDriver])('a $connection robot whose worker process is killed', (driver) => {
  const loss = driver.isRedelivered ? 'nothing is lost' : 'only that response is lost, and the log says so'

  it(`a worker killed between receiving and storing: ${loss}, and earlier and later messages are stored once`, async () => {
    killed = await startWorkerProcess({
      DATABASE_URL: test.databaseUrl,
      WECHAT: 'simulator',
      WECHAT_ORIGIN: test.simulatorOrigin,
      ILINK_ORIGIN: test.simulatorOrigin,
      EGRESS_ALLOW: '127.0.0.0/8',
    })
    const robotId = await driver.givenRobot(test)
    const received = async () =>
      (await test.messages(robotId)).filter(({ direction }) => direction === 'in').map(({ content }) => content)
    const receives = (text: string) => test.until(async () => (await received()).includes(text))
    await driver.logIn(test, test, robotId)
    await driver.say(test, '之前')
    await receives('之前')

    // The process has the message and waits for this row within its commit.
    await test.sql.begin(async (tx) => {
      await tx`select 1 from sessions where robot_id = ${robotId} for update`
      await driver.say(test, '没存下')
      await test.until(async () => (await test.lockWaiters()).length > 0)
      await killed?.kill()
      // Postgres notices the broken connection only when it responds.
      for (const pid of await test.lockWaiters()) await tx`select pg_terminate_backend(${pid}, 5000)`
    })
    await test.sql`update leases set expires_at = clock_timestamp() - interval '1 hour' where robot_id = ${robotId}`
    const { log, lines } = captureLog()
    const next = test.startWorker({ log, ilinkTimes })
    await next.wake(robotId)
    await driver.say(test, '之后')
    await receives('之后')
    expect(await received()).toEqual(driver.isRedelivered ? ['之前', '没存下', '之后'] : ['之前', '之后'])
    expect(lines.filter(({ msg }) => msg.includes('are lost'))).toHaveLength(driver.isRedelivered ? 0 : 1)
  }, 60_000)
})
