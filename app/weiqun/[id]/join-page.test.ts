import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import QRCode from 'qrcode'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { joinStyle } from '@/components/qun/join-style'
import { quns, qunVisits } from '@/lib/db/schema/qun'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { requestMembership } from '@/lib/membership/request-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { recordPresence } from '@/lib/membership/advance-membership'
import { createQun, type Qun } from '@/lib/qun/create-qun'
import { issueJoinToken } from '@/lib/qun/join-token'
import { encodeQunNumber } from '@/lib/qun/qun-link'
import { openOwnerKey, sealPlainOwnerKeys } from '@/lib/qun/owner-key'
import { openQun, recordCount } from '@/lib/qun/advance-qun'
import { setContactQr } from '@/lib/robot/contact-qr'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { GET as getQr } from '@/app/weiqun/[id]/qr/route'
import { GET as getPage } from '@/app/weiqun/[id]/route'
import { GET as getState } from '@/app/weiqun/[id]/state/route'

const code = '0E7D6D8FB6C3|8888'
/** The route files of the page and of every path below it. */
const routesBelow = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)route\.ts$/.test(file),
)

let database: TestDatabase
let web: TestWeb
let robotId: string
let qun: Qun
let addresses = 0
let peer: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
afterAll(async () => {
  await web?.close()
  await database?.drop()
})
beforeEach(async () => {
  peer = signPeerAddress(`10.0.0.${++addresses}`)
  await database.db.execute(sql`truncate robots, quns, memberships, join_tokens, qun_visits cascade`)
  robotId = await givenRobot(database.db, { username: 'weimi1001', nickname: '小微', isAssistant: true })
  const draft = {
    robotId,
    groupCode: code,
    ownerName: '宋公明',
    nameTemplate: '{owner}的群 {number}',
    sealer: web.context.sealer,
  }
  qun = await database.db.transaction((tx) => createQun(tx, draft))
})

async function get(handler: typeof getPage, { id = encodeQunNumber(qun.number), query = '', headers = {} } = {}) {
  const url = `http://wxbot.test/weiqun/${id}${query}`
  const request = new Request(url, { headers: { [peerHeader]: peer, 'user-agent': 'MicroMessenger/8', ...headers } })
  const response = await handler(request, { params: Promise.resolve({ id }) })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
async function open(): Promise<void> {
  const roomId = await givenRoom(database.db, { robotId, name: qun.name, username: '@@1' })
  await database.db.execute(sql`update rooms set member_count = 4`)
  await database.db.transaction((tx) => openQun(tx, { qunId: qun.id, roomId }))
  await givenSession(database.db, { robotId })
}
const addContact = (nickname: string) =>
  database.db.transaction((tx) => upsertContact(tx, { robotId, person: { username: `@${nickname}`, nickname } }))
const change = (columns: Partial<typeof quns.$inferInsert>) =>
  database.db.update(quns).set(columns).where(eq(quns.id, qun.id))

describe('B7: the join page', () => {
  it('B7: the join page is complete without a script: group, owner, member count, account, token, next steps', async () => {
    await open()
    const { status, headers, text } = await get(getPage)
    expect(status).toBe(200)
    for (const part of [
      '宋公明的群',
      '群主：宋公明',
      '已有 4 人',
      'weimi1001',
      '添加助手「小微」为好友',
      '自动邀请您入群',
    ])
      expect(text).toContain(part)
    expect(text).toMatch(/class="chip"[^>]*>[A-Za-z0-9+/]{16}</)
    expect(text).toContain('<meta property="og:title"')
    expect(text).toContain('<meta name="robots" content="noindex, nofollow" />')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text.length).toBeLessThan(40_000)
    for (const [name, pattern] of [
      ['script', /<script>([\s\S]*?)<\/script>/],
      ['style', /<style>([\s\S]*?)<\/style>/],
    ] as const) {
      const hash = createHash('sha256')
        .update(pattern.exec(text)?.[1] ?? '')
        .digest('base64')
      expect(headers.get('content-security-policy')).toContain(`${name}-src 'sha256-${hash}'`)
    }
    expect(text).not.toMatch(/ style=/)
  })

  it.each([
    ['pending', { pausedAt: null }, '群还在准备中'],
    ['full', { state: 'open', fullAt: new Date() }, '群已经满了'],
    ['paused', { state: 'open', pausedAt: new Date() }, '群暂时不加人'],
    ['closed', { state: 'closed' }, '群已经关闭'],
  ] as const)('shows that the group is %s, without the token', async (_state, columns, words) => {
    await change(columns)
    const { text } = await get(getPage)
    expect(text).toContain(words)
    expect(text).not.toContain('class="chip"')
  })

  it.each(['pending_owner', 'pending_room'])(
    'B4: the page shows the owner of a %s qun where to send the group code, without showing it',
    async (status) => {
      if (status === 'pending_room') await change({ ownerId: (await addContact('宋公明')).id })
      const withoutQr = (await get(getPage)).text
      for (const part of [
        '群还在准备中',
        '请添加助手「小微」为好友，并把群号代码发给它',
        'weimi1001',
        '在微信里搜索这个微信号',
      ])
        expect(withoutQr).toContain(part)
      expect(withoutQr).not.toContain(code)
      expect(withoutQr).not.toContain(Buffer.from(code).toString('base64'))
      await setContactQr(database.db, { robotId, bytes: await QRCode.toBuffer('weixin://contact') })
      expect((await get(getPage)).text).toContain(`src="/weiqun/${encodeQunNumber(qun.number)}/qr"`)
    },
  )

  it('B4: shows the final name while the room has the secret one', async () => {
    const roomId = await givenRoom(database.db, { robotId, name: '新群 s3cret', username: '@@1' })
    await change({ state: 'open', roomId, nonceName: '新群 s3cret' })
    const { text } = await get(getPage)
    expect(text).toContain('宋公明的群')
    expect(text).not.toContain('s3cret')
  })

  it('shows that the token has expired or is used up, or that the assistant is offline', async () => {
    await open()
    const renew = (limits: object) => database.db.transaction((tx) => issueJoinToken(tx, { qunId: qun.id, ...limits }))
    await renew({ expiresAt: new Date(0) })
    expect((await get(getPage)).text).toContain('入群口令已过期')
    await renew({ maxUses: 0 })
    expect((await get(getPage)).text).toContain('入群口令的名额已用完')
    await renew({})
    await database.db.execute(sql`update sessions set state = 'ended'`)
    expect((await get(getPage)).text).toContain('助手正在休息')
  })

  it('shows recent joins with masked names', async () => {
    await open()
    await database.db.transaction(async (tx) => {
      const { id: contactId } = await upsertContact(tx, { robotId, person: { username: '@li', nickname: '黑旋风' } })
      await requestMembership(tx, { qunId: qun.id, contactId, identifiedBy: 'join_token' })
    })
    expect((await get(getPage)).text).toContain('黑＊＊ 已通过好友，正在入群')
    await database.db.transaction((tx) => recordCount(tx, { qunId: qun.id, isFull: true }))
    expect((await get(getState)).text).toContain('黑＊＊ 已通过好友，有空位时自动入群')
    await database.db.transaction((tx) => recordPresence(tx, { qunId: qun.id, usernames: ['@li'] }))
    const state = JSON.parse((await get(getState)).text)
    expect(state.recentJoins).toEqual([{ text: '黑＊＊ 已入群', isIn: true }])
    expect(JSON.stringify(state)).not.toContain('旋风')
  })

  it('shows the assistant’s contact QR if one is uploaded', async () => {
    await open()
    expect((await get(getQr)).status).toBe(404)
    const bytes = await QRCode.toBuffer('weixin://contact')
    await setContactQr(database.db, { robotId, bytes })
    expect((await get(getPage)).text).toContain(`src="/weiqun/${encodeQunNumber(qun.number)}/qr"`)
    expect((await get(getQr)).headers.get('content-type')).toBe('image/png')
  })

  it('escapes names chosen by people', async () => {
    await change({ ownerName: '"><script>alert(1)</script>', name: '<img src=x onerror=alert(1)>' })
    const { text } = await get(getPage)
    expect(text).not.toContain('<script>alert')
    expect(text).not.toContain('<img src=x')
  })
})

describe('B4: the group code is the owner’s proof', () => {
  it('B4: the group code is shown on the owner’s page until the room exists, and nowhere else', async () => {
    const encodedCode = Buffer.from(code).toString('base64')
    const owner = { query: `?key=${openOwnerKey(web.context.sealer, qun)}` }
    expect((await get(getPage, owner)).text).toContain(encodedCode)
    for (const query of ['', '?key=', `?key=${'x'.repeat(22)}`]) {
      const { text } = await get(getPage, { query })
      expect(text).not.toContain(encodedCode)
      expect(text).not.toContain(code)
    }
    expect((await get(getState, owner)).text).not.toContain(encodedCode)
    const { id: ownerId } = await addContact('宋公明')
    await change({ ownerId })
    const making = (await get(getPage, owner)).text
    expect(making).toContain('正在建群')
    expect(making).toContain(`data-copy="${encodedCode}"`)
    expect((await get(getPage)).text).not.toContain(encodedCode)
    await open()
    const { text } = await get(getPage, owner)
    expect(text).not.toContain(encodedCode)
    expect(text).toContain('群主管理权转让')
  })
})

it('B4: the key of owner_url is stored sealed, opens only for its row, and plain keys of old rows are sealed', async () => {
  const { sealer } = web.context
  const key = openOwnerKey(sealer, qun)
  expect(key).toMatch(/^\w{22}$/)
  expect(qun.ownerKey).not.toContain(key)
  expect(() => openOwnerKey(sealer, { ...qun, id: 'qun_other' })).toThrow()
  await change({ ownerKey: key })
  expect((await get(getPage, { query: `?key=${key}` })).text).toContain('群主专用')
  await sealPlainOwnerKeys(database.db, { sealer })
  const [sealed] = await database.db.select().from(quns)
  expect(sealed?.ownerKey).not.toContain(key)
  expect((await get(getPage, { query: `?key=${key}` })).text).toContain('群主专用')
})

describe('B5: links cannot be guessed', () => {
  it('an unknown number returns 404, and 429 after six of them', async () => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 8; attempt++)
      statuses.push((await get(getPage, { id: encodeQunNumber(String(1e14 + attempt)) })).status)
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 429, 429])
    expect((await get(getPage)).headers.get('retry-after')).toMatch(/^\d+$/)
  })

  it.each(routesBelow)('six misses on %s block the address for a minute on every path', async (file) => {
    const { GET } = (await import(join(import.meta.dirname, file))) as { GET: typeof getPage }
    const statuses: number[] = []
    for (let attempt = 0; attempt < 7; attempt++)
      statuses.push((await get(GET, { id: encodeQunNumber(String(1e14 + attempt)) })).status)
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 429])
    for (const below of routesBelow) {
      const { GET: known } = (await import(join(import.meta.dirname, below))) as { GET: typeof getPage }
      const { status, headers } = await get(known)
      expect([below, status, headers.get('retry-after')]).toEqual([below, 429, expect.stringMatching(/^\d+$/)])
    }
  })

  it('an IPv6 client is counted by its /64', async () => {
    for (let attempt = 0; attempt < 6; attempt++) {
      peer = signPeerAddress(`2001:db8:0:${addresses}::${attempt}`)
      expect((await get(getPage, { id: encodeQunNumber(String(1e14 + attempt)) })).status).toBe(404)
    }
    peer = signPeerAddress(`2001:db8:0:${addresses}:ffff::1`)
    expect((await get(getPage)).status).toBe(429)
    peer = signPeerAddress(`2001:db8:1:${addresses}::1`)
    expect((await get(getPage)).status).toBe(200)
  })

  it('one address may load the page 60 times a minute', async () => {
    for (let load = 0; load < 60; load++) expect((await get(getPage)).status).toBe(200)
    const { status, text } = await get(getPage)
    expect(status).toBe(429)
    expect(text).toContain('打开太频繁了')
  })
})

it('the join page counts people, not page views, and no bots', async () => {
  await open()
  await get(getPage)
  await get(getPage)
  await get(getPage, { headers: { 'user-agent': 'Mozilla/5.0 Android' } })
  await get(getPage, { headers: { 'user-agent': 'Googlebot/2.1' } })
  const visits = await database.db.select().from(qunVisits)
  expect(visits).toHaveLength(2)
  expect(JSON.stringify(visits)).not.toContain('10.0.0')
})

it('the join page uses the colours of the product', () => {
  const css = readFileSync('app/globals.css', 'utf8')
  const [light = '', dark = ''] = css.split('.dark {')
  const [styleLight = '', styleDark = ''] = joinStyle.split('@media (prefers-color-scheme:dark)')
  for (const [ours, theirs] of [
    [styleLight, light],
    [styleDark.split('\n')[0] ?? '', dark],
  ])
    for (const [, name, value] of (ours ?? '').matchAll(/(--[\w-]+):(#[0-9a-f]{6})/g))
      expect(theirs, `${name}`).toContain(`${name}: ${value};`)
})
