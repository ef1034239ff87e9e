import { sql } from 'drizzle-orm'
import QRCode from 'qrcode'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { quns } from '@/lib/db/schema/qun'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { recordPresence } from '@/lib/membership/advance-membership'
import { requestMembership } from '@/lib/membership/request-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { openQun } from '@/lib/qun/advance-qun'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { saveJoinWay } from '@/lib/qun/join-way'
import { encodeQunNumber } from '@/lib/qun/qun-link'
import { sentenceOf } from '@/lib/sentence'
import { givenConnector, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as membership from '@/app/(api)/wxbot/qun/membership/route'
import * as qun from '@/app/(api)/wxbot/qun/route'
import { GET as getQr } from '@/app/weiqun/[id]/qr/route'
import { GET as getPage } from '@/app/weiqun/[id]/route'
import { GET as getState } from '@/app/weiqun/[id]/state/route'

let database: TestDatabase
let web: TestWeb
let robotId: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database, { QUN_ALLOW: '127.0.0.0/8' })
})
afterAll(async () => {
  await web?.close()
  await database?.drop()
})
beforeEach(async () => {
  await database.db.execute(sql`truncate robots, quns, memberships, join_tokens, rate_limits cascade`)
  const connectorId = await givenConnector(database.db)
  const columns = { isAssistant: true, connection: 'wecom_group', connectorId } as const
  robotId = await givenRobot(database.db, { username: '总公司', ...columns })
})

const headers = { [peerHeader]: signPeerAddress('127.0.0.1'), host: 'wxbot.test', 'user-agent': 'MicroMessenger/8' }
async function post(route: typeof qun, body: object) {
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await route.POST(new Request('http://wxbot.test/wxbot/qun', init))
  return { status: response.status, body: await response.json() }
}
const ask = () => post(qun, { code: 'MEU3RDZEOEZCNkMzfDg4ODg=', owner: '宋公明', assistant: '总公司' })
async function open() {
  await ask()
  const [row] = await database.db.select().from(quns)
  if (!row) throw new Error('no qun')
  const roomId = await givenRoom(database.db, { robotId, name: '商户群 1', username: 'wr1' })
  await database.db.transaction((tx) => openQun(tx, { qunId: row.id, roomId }))
  await givenSession(database.db, { robotId })
  const token = encodeJoinToken((await getJoinToken(database.db, { qunId: row.id }))?.token ?? '')
  const id = encodeQunNumber(row.number)
  const get = (handler: typeof getPage) =>
    handler(new Request(`http://wxbot.test/weiqun/${id}`, { headers }), { params: Promise.resolve({ id }) })
  return { qunId: row.id, token, id, get }
}

describe('E7: a qun on a customer group', () => {
  it('needs no companions, and without a free group waits for one, not for its owner', async () => {
    const { status, body } = await ask()
    expect([status, body.qun_create_response.status]).toEqual([200, 'pending_room'])
  })

  it('refuses a person who is not in it with 1006 and the link to join alone', async () => {
    const { token, id } = await open()
    const sentence = sentenceOf('group_join_self', { member: '黑旋风' })
    const worker = web.startFakeWorker({ command: () => ({ code: 'QUN_NOT_OPEN', sentence }) })
    expect(await post(membership, { token, member: '黑旋风' })).toMatchObject({
      status: 409,
      body: { error: { code: 1006, join_url: `http://wxbot.test/weiqun/${id}` } },
    })
    await worker.close()
  })

  it('shows the official QR code with the token in small print, and no recent joins', async () => {
    const { qunId, id, token, get } = await open()
    expect(await (await get(getPage)).text()).toContain('官方入群码准备好后')
    expect((await get(getQr)).status).toBe(404)
    const picture = { contentType: 'image/png', bytes: await QRCode.toBuffer('https://work.weixin.qq.com/gm/1') }
    await database.db.transaction((tx) => saveJoinWay(tx, { qunId, chatId: 'wr1', configId: 'c1', picture }))
    const text = await (await get(getPage)).text()
    for (const part of ['长按识别二维码，直接入群', '只能由您本人扫码加入', '入群令牌（给系统用）', token])
      expect(text).toContain(part)
    expect(text).toContain(`src="/weiqun/${id}/qr"`)
    expect(text).not.toContain('添加助手')
    expect((await get(getQr)).headers.get('content-type')).toBe('image/png')
    await database.db.transaction(async (tx) => {
      const { id: contactId } = await upsertContact(tx, { robotId, person: { username: 'wm1', nickname: '黑旋风' } })
      await requestMembership(tx, { qunId, contactId, identifiedBy: 'join_qr' })
      await recordPresence(tx, { qunId, usernames: ['wm1'] })
    })
    expect((await (await get(getState)).json()).recentJoins).toEqual([])
    await database.db.update(quns).set({ fullAt: new Date() })
    const full = await (await get(getPage)).text()
    expect(full).toContain('群已经满了')
    expect(full).not.toContain('扫码后请在微信里确认入群')
    expect(full).toContain('有变化时本页会自动更新')
  })
})
