import { createTenant } from '@/e2e/create-tenant'
import { expect, test } from '@/e2e/test'

test('A5: each of the twelve documented error codes is returned in its documented situation', async ({ product }) => {
  const shop = await createTenant(product, 'codes')
  const robot = await shop.openRobot('codes_robot')
  const message = `/robots/${robot.id}/message`
  const text = { to_user: robot.roomId, msg_type: 'text', content: '你好' }
  const table: string[] = []

  /** Provokes an error code and records the response. */
  async function provoke(code: number, how: string, act: () => Promise<{ retCode: number; errorMsg: string }>) {
    const { retCode, errorMsg } = await act()
    expect.soft(retCode, how).toBe(code)
    expect.soft(errorMsg === '', how).toBe(code === 0)
    table.push(`| ${code} | ${how} | \`{"retCode":${retCode},"errorMsg":"${errorMsg}"}\` |`)
  }
  const fault = (kind: object, path = 'webwxsendmsg') => shop.phone('/faults', { path, wxid: robot.wxid, ...kind })
  const send = (body: object = {}) => shop.call('POST', message, { ...text, ...body })
  const sendWith = async (kind: object) => {
    await fault(kind)
    return send()
  }

  await provoke(0, 'text to a room', () => send())
  await provoke(2000, 'a token that was never issued', () => send({ token: `wx_${'0'.repeat(40)}` }))
  await provoke(-1005, 'no content', () => send({ content: '' }))
  await provoke(-1005, 'content of 2,001 characters', () => send({ content: '汉'.repeat(2001) }))
  await provoke(-1005, 'content of blanks only', () => send({ content: ' \n\u3000' }))
  await provoke(-1005, 'a robot that does not exist', () => shop.call('GET', '/robots/rbt_none'))
  await provoke(-1006, 'login of a robot that is online', () => shop.call('POST', `/robots/${robot.id}/login`))
  await provoke(-1001, 'to_user names no room', () => send({ to_user: 'room_none' }))
  await provoke(-1001, 'to_user names no contact', () => send({ to_user: '@0123456789abcdef' }))
  const image = { msg_type: 'image' }
  await provoke(-1002, 'an image link without a server', () => send({ ...image, content: 'http://127.0.0.1:9/a.png' }))
  await provoke(-1002, 'an image link to our own port', () =>
    send({ ...image, content: `${product.baseURL}/icon.png` }),
  )
  await provoke(-1002, 'no link at all', () => send({ ...image, content: '图片' }))
  await provoke(0, 'WeChat returns Ret 1205 once: sent two seconds later', () => sendWith({ kind: 'ret', ret: 1205 }))
  const tooOften = await fault({ kind: 'ret', ret: 1205, times: 0 })
  await provoke(1205, 'WeChat returns Ret 1205 until another attempt would come too late', () => send())
  await shop.phone(`/faults/${tooOften.id}`, undefined, 'DELETE')
  await provoke(-1, 'WeChat returns Ret 1', () => sendWith({ kind: 'ret', ret: 1 }))
  await provoke(-1000, 'WeChat responds without BaseResponse', () => sendWith({ kind: 'no-base-response' }))
  await provoke(-1004, 'WeChat returns HTML', () => sendWith({ kind: 'html' }))
  await provoke(-1004, 'WeChat returns HTTP 502', () => sendWith({ kind: 'status', status: 502 }))
  await provoke(1, 'the connection breaks after the request left', () => sendWith({ kind: 'reset' }))

  await shop.cli('robot', 'update', '--robot', robot.id, '--send-rate', '1')
  await send()
  await provoke(1205, 'the wait would pass the deadline: nothing queued', () => send())
  await shop.cli('robot', 'update', '--robot', robot.id, '--send-rate', '0')

  const outages = [
    await fault({ kind: 'reset', times: 0 }, 'synccheck'),
    await fault({ kind: 'reset', times: 0 }, 'webwxsync'),
  ]
  await shop.phone(`/rooms/${encodeURIComponent(robot.simulatedRoomId)}/messages`, {
    from: 'wxid_wangfang0101',
    type: 'text',
    text: '醒醒',
  })
  await shop.until(async () => (await shop.statusOf(robot.id)) === 'reconnecting')
  await provoke(-1003, 'the robot cannot reach WeChat until the deadline', () => send())
  for (const { id } of outages) await shop.phone(`/faults/${id}`, undefined, 'DELETE')
  await shop.until(async () => (await shop.statusOf(robot.id)) === 'online')

  await provoke(1102, 'WeChat returns Ret 1101', () => sendWith({ kind: 'ret', ret: 1101 }))
  await provoke(1102, 'the robot is logged out', () => send())

  const documented = [2000, 1205, 1102, 1, -1, -1000, -1001, -1002, -1003, -1004, -1005, -1006]
  expect(documented.filter((code) => !table.some((row) => row.startsWith(`| ${code} |`)))).toEqual([])
  console.log(['| code | provoked by | response |', '| --- | --- | --- |', ...table].join('\n'))
})

test('A7: a login rotates its QR code, returns the same link when repeated, and ends at logout', async ({
  product,
}) => {
  const shop = await createTenant(product, 'login')
  const id = await shop.createRobot('login_robot')
  const beganMs = performance.now()
  const login = await shop.call('POST', `/robots/${id}/login`, { agent_id: '100086' })
  expect(performance.now() - beganMs).toBeLessThan(2000)
  const link = String(login.data?.['qrcode_url'])
  const picture = async () => {
    const response = await fetch(link)
    expect(response.headers.get('cache-control')).toContain('no-store')
    return response.headers.get('content-type') === 'image/png' ? Buffer.from(await response.arrayBuffer()) : null
  }
  const first = await picture()
  expect(first).not.toBeNull()
  const { phoneUrl } = await (await fetch(`${link}/state`)).json()
  await shop.phone(`/codes/${encodeURIComponent(new URL(phoneUrl).searchParams.get('code') ?? '')}/expire`, {})
  await shop.until(async () => {
    const now = await picture()
    return now && first && !now.equals(first)
  })
  expect((await shop.call('POST', `/robots/${id}/login`)).data?.['qrcode_url']).toBe(link)
  expect(await shop.call('POST', `/robots/${id}/logout`)).toEqual({ retCode: 0, errorMsg: '' })
  expect((await fetch(link)).status).toBe(410)
  expect(await shop.statusOf(id)).toBe('offline')
  expect(await shop.call('POST', `/robots/${id}/logout`)).toMatchObject({ retCode: 1102 })
})
