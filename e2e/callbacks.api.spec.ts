import { openTestEndpoint, type ReceivedCallback } from '@/worker/delivery/testing/open-endpoint'
import { createTenant } from '@/e2e/create-tenant'
import { expect, test } from '@/e2e/test'
import { tinyPng } from '@/lib/testing/tiny-png'

type CallbackBody = { action: string; data: Record<string, string> }
const read = ({ body }: ReceivedCallback) => JSON.parse(body) as CallbackBody

test('A12, A13: callbacks carry working media links, only subscribed events, and the same id on replay', async ({
  product,
}) => {
  const endpoint = await openTestEndpoint()
  try {
    const shop = await createTenant(product, '回调店')
    const of = ['--application', shop.applicationId]
    const events = 'send_message,message_sent,robot_status,room_renamed'
    await shop.cli('application', 'update', ...of, '--callback-url', endpoint.url, '--scope', 'all', '--events', events)
    const waitForCallback = (action: string, matches: (callback: CallbackBody) => boolean = () => true) =>
      shop.until(async () =>
        endpoint.received.find((callback) => read(callback).action === action && matches(read(callback))),
      )
    const robot = await shop.openRobot('callback_robot')
    const room = `/rooms/${encodeURIComponent(robot.simulatedRoomId)}`
    await waitForCallback('robot_status', ({ data }) => data['status'] === 'online' && data['robot_id'] === robot.id)

    await shop.phone(`${room}/messages`, {
      from: 'wxid_wangfang0101',
      type: 'image',
      imageBase64: tinyPng.toString('base64'),
    })
    const picture = read(await waitForCallback('send_message')).data
    expect(picture).toMatchObject({ robot_id: robot.id, room_id: robot.roomId })
    const link = picture['content'] ?? ''
    expect(link).toMatch(new RegExp(`^${product.baseURL}/v1/media/med_\\w{22}$`))
    const file = await fetch(link)
    expect(Buffer.from(await file.arrayBuffer())).toEqual(tinyPng)
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    expect((await fetch(`${link}x`)).status).toBe(404)

    const page = Buffer.from('<script>alert(1)</script>').toString('base64')
    await shop.phone(`${room}/messages`, {
      from: 'wxid_wangfang0101',
      type: 'file',
      fileBase64: page,
      fileName: 'x.html',
    })
    const callback = await waitForCallback('send_message', ({ data }) => data['content'] !== link)
    const download = await fetch(read(callback).data['content'] ?? '')
    expect(await download.text()).toBe('<script>alert(1)</script>')
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="x.html"; filename*=UTF-8''x.html`,
    })

    expect((await shop.send(robot, '欢迎光临')).retCode).toBe(0)
    expect(read(await waitForCallback('message_sent')).data).toMatchObject({
      room_id: robot.roomId,
      content: '欢迎光临',
    })
    await shop.phone(`${room}/rename`, { name: '新名字', by: 'wxid_wangfang0101' })
    expect(read(await waitForCallback('room_renamed')).data).toMatchObject({
      room_id: robot.roomId,
      nickname: '新名字',
    })

    const sent = await waitForCallback('message_sent')
    const id = String(sent.headers['webhook-id'])
    expect((await shop.call('POST', '/v1/callbacks/replay', { ids: [id] })).data).toEqual({ count: 1 })
    const attempts = () => endpoint.received.filter(({ headers }) => headers['webhook-id'] === id)
    await shop.until(async () => attempts().length === 2)

    await shop.phone(`/accounts/${robot.wxid}/kick`, { how: 'phone' })
    await waitForCallback('robot_status', ({ data }) => data['reason'] === 'logged_out_on_phone')
  } finally {
    endpoint.close()
  }
})
