import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itemOf, createTenant } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'
import { expect, test } from '@/e2e/test'

test('G2: 50 parallel sends with one Idempotency-Key send one message and return 50 equal responses', async ({
  product,
}) => {
  const shop = await createTenant(product, 'repeat')
  const robot = await shop.openRobot('repeat_robot')
  const headers = { 'Idempotency-Key': 'order-4711' }
  const responses = await Promise.all(Array.from({ length: 50 }, () => shop.send(robot, '您的订单已发货', headers)))
  expect(responses[0]).toMatchObject({ retCode: 0, errorMsg: '' })
  expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1)
  expect((await shop.messagesIn(robot)).filter(({ text }) => text === '您的订单已发货')).toHaveLength(1)

  expect(await shop.send(robot, '另一条内容', headers)).toMatchObject({
    retCode: -1005,
    errorMsg: expect.stringContaining('Idempotency-Key'),
  })
  await shop.phone('/faults', { path: 'webwxsendmsg', kind: 'ret', ret: 1, wxid: robot.wxid })
  const refused = { 'Idempotency-Key': 'order-4712' }
  const first = await shop.send(robot, '被拒绝', refused)
  expect(first).toMatchObject({ retCode: -1 })
  expect(await shop.send(robot, '被拒绝', refused)).toEqual(first)
})

test('A11: 200 sends by 8 clients to one robot arrive once each, in the order of acceptance', async ({ product }) => {
  const shop = await createTenant(product, 'crowd')
  const robot = await shop.openRobot('crowd_robot')
  const before = (await shop.messagesIn(robot)).length
  const ids: string[] = []
  const client = async (name: number) => {
    for (let index = 0; index < 25; index++) {
      const { retCode, data } = await shop.send(robot, `${name}-${index}`)
      expect(retCode).toBe(0)
      ids.push(String(data?.['message_id']))
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, name) => client(name)))
  const arrived = (await shop.messagesIn(robot)).slice(before).map(({ text }) => text ?? '')
  expect(arrived).toHaveLength(200)
  expect(new Set(arrived).size).toBe(200)
  expect(new Set(ids).size).toBe(200)
  for (let name = 0; name < 8; name++)
    expect(arrived.filter((text) => text.startsWith(`${name}-`))).toEqual(
      Array.from({ length: 25 }, (_, index) => `${name}-${index}`),
    )
})

test('A11: asynchronous sends arrive in the order of acceptance', async ({ product }) => {
  const shop = await createTenant(product, 'later')
  const robot = await shop.openRobot('later_robot')
  const before = (await shop.messagesIn(robot)).length
  const texts = Array.from({ length: 30 }, (_, index) => `稍后 ${index}`)
  const path = `/v1/robots/${robot.id}/messages`
  const ids: string[] = []
  for (const content of texts) {
    const accepted = await shop.call('POST', path, { to_user: robot.roomId, msg_type: 'text', content })
    ids.push(itemOf(accepted, 'message')['id'] ?? '')
  }
  const stateOf = async (id: string) => itemOf(await shop.call('GET', `${path}/${id}`), 'message')['state']
  await shop.until(async () => (await stateOf(ids.at(-1) ?? '')) === 'sent')
  expect((await shop.messagesIn(robot)).slice(before).map(({ text }) => text)).toEqual(texts)
})

test('G1: a message whose worker is killed before the WeChat response is unknown and never sent twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-killed-'))
  const workerPid = (): number => JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')).children.worker
  const product = await startProduct({ dataDir })
  try {
    const shop = await createTenant(product, 'killed')
    const robot = await shop.openRobot('killed_robot')
    // When the worker dies, WeChat has accepted the first message and has not read the second.
    for (const [when, text] of [
      ['after', '微信已收下'],
      ['before', '微信未处理'],
    ] as const) {
      const fault = await shop.phone('/faults', { path: 'webwxsendmsg', kind: 'hold', when, wxid: robot.wxid })
      const headers = { 'Idempotency-Key': `killed-${when}` }
      const response = shop.send(robot, text, headers)
      await shop.until(async () =>
        (await shop.phone('/faults')).faults.some(
          ({ id, held }: { id: string; held: number }) => id === fault.id && held === 1,
        ),
      )
      const killed = workerPid()
      process.kill(killed, 'SIGKILL')
      expect(await response).toMatchObject({ retCode: 1 })
      expect(workerPid()).not.toBe(killed)
      await shop.phone(`/faults/${fault.id}`, undefined, 'DELETE')
      await shop.until(async () => (await shop.statusOf(robot.id)) === 'online')
      expect(await shop.send(robot, `${text}之后`)).toMatchObject({ retCode: 0 })
      // A repeated request returns the existing message and does not send it again.
      const body = { to_user: robot.roomId, msg_type: 'text', content: text }
      const row = itemOf(await shop.call('POST', `/v1/robots/${robot.id}/messages`, body, headers), 'message')
      expect(row['state']).toBe('unknown')
      expect(await shop.send(robot, text, headers)).toEqual(await response)
    }
    const texts = (await shop.messagesIn(robot)).map(({ text }) => text)
    expect(texts.filter((text) => text === '微信已收下')).toHaveLength(1)
    expect(texts.filter((text) => text === '微信未处理').length).toBeLessThanOrEqual(1)
    // Two held calls and two later ones: no message was sent again.
    const { calls } = await shop.phone(`/calls?path=webwxsendmsg&wxid=${robot.wxid}`)
    expect(calls).toHaveLength(4)
  } finally {
    await product.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
