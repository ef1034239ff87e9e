import { afterEach, beforeEach, expect, it } from 'vitest'
import { POST } from '@/app/api/qr/again/[key]/route'
import { GET as getImage } from '@/app/qr/[key]/route'
import { createChannel } from '@/lib/alert/change-channel'
import { channelFields } from '@/lib/alert/channel-fields'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { createLogger } from '@/lib/logger'
import { findLoginLink } from '@/lib/session/login-link'
import { getSessionByQrKey } from '@/lib/session/get-session'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { startAlerts } from '@/worker/alerts/start-alerts'
import { openReceiver } from '@/worker/alerts/testing/open-receiver'
import { testSealer, useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
let web: TestWeb
let receiver: Awaited<ReturnType<typeof openReceiver>>
let alerts: ReturnType<typeof startAlerts>
beforeEach(async () => {
  web = await openTestWeb({ url: test.databaseUrl })
  receiver = await openReceiver()
  alerts = startAlerts({
    db: test.db,
    sealer: testSealer,
    policy: createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] }),
    publicUrl: 'http://wxbot.test',
    log: createLogger({ level: 'silent', process: 'test' }),
    folders: [],
  })
})
afterEach(async () => {
  alerts.stop()
  receiver.close()
  await web.close()
})

const paramsOf = (key: string) => ({ params: Promise.resolve({ key }) })
const codePath = (content: string) => `/codes/${encodeURIComponent(content.replace(/^.*\/l\//, ''))}`

it('D5: a robot that drops is online again through the link of its alert alone', async () => {
  const fields = channelFields.parse({
    name: '值班',
    type: 'feishu',
    kinds: ['robot_offline'],
    secrets: { url: receiver.origin },
  })
  await test.db.transaction((tx) => createChannel(tx, { sealer: testSealer, applicationId: null, fields }))
  const worker = test.startWorker()
  const robotId = await test.givenRobot()
  const sessionId = await test.logIn(worker, robotId, account)
  await test.control(`/accounts/${account}/kick`, { how: 'elsewhere' })
  await test.until(async () => (await test.session(sessionId))?.state === 'ended')

  await alerts.find()
  await alerts.send()
  const [, key = ''] = /http:\/\/wxbot\.test\/qr\/again\/(\w+)\.html/.exec(receiver.received[0]?.body ?? '') ?? []
  expect(await findLoginLink(test.db, { key })).toMatchObject({ robotId })

  const headers = { 'sec-fetch-site': 'same-origin' }
  const request = new Request(`http://wxbot.test/api/qr/again/${key}`, { method: 'POST', headers })
  const response = await POST(request, paramsOf(key))
  const [, qrKey = ''] = /^\/qr\/(\w+)\.html$/.exec(response.headers.get('location') ?? '') ?? []
  await worker.wake(robotId)
  const login = () => getSessionByQrKey(test.db, qrKey)
  await test.until(async () => (await login())?.state === 'waiting_scan')
  expect((await getImage(request, paramsOf(qrKey))).headers.get('content-type')).toBe('image/png')

  const code = codePath((await login())?.qrContent ?? '')
  await test.control(`${code}/scan`, { wxid: account })
  await test.control(`${code}/confirm`, { wxid: account })
  await test.until(async () => (await login())?.state === 'online')
  expect(await findLoginLink(test.db, { key })).toBeNull()
  expect((await POST(request, paramsOf(key))).headers.get('location')).toBe(`/qr/again/${key}.html`)
})
