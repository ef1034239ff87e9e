import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import QRCode from 'qrcode'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { joinStyle } from '@/components/qun/join-style'
import { quns, qunVisits } from '@/lib/db/schema/qun'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { askMembership } from '@/lib/membership/ask-membership'
import { meetContact } from '@/lib/membership/meet-contact'
import { recordPresence } from '@/lib/membership/record-progress'
import { createQun, type Qun } from '@/lib/qun/create-qun'
import { issueJoinToken } from '@/lib/qun/join-token'
import { encodeQunNumber } from '@/lib/qun/qun-number'
import { openQun } from '@/lib/qun/record-progress'
import { setAssistantCode } from '@/lib/robot/assistant-code'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { GET as getQr } from './qr/route'
import { GET as getPage } from './route'
import { GET as getState } from './state/route'

const code = '0E7D6D8FB6C3|8888'
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
  const draft = { robotId, code, ownerName: '宋公明', nameTemplate: '{owner}的群 {number}' }
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
const change = (columns: Partial<typeof quns.$inferInsert>) =>
  database.db.update(quns).set(columns).where(eq(quns.id, qun.id))

describe('B7: the join page', () => {
  it('is whole without a script: group, owner, how many, the account, the token, what happens next', async () => {
    await open()
    const { status, headers, text } = await get(getPage)
    expect(status).toBe(200)
    for (const part of [qun.name, '群主：宋公明', '已有 4 人', 'weimi1001', '添加助手「小微」为好友', '自动邀请您入群'])
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
  ] as const)('says plainly that it is %s, without the token', async (_state, columns, words) => {
    await change(columns)
    const { text } = await get(getPage)
    expect(text).toContain(words)
    expect(text).not.toContain('class="chip"')
  })

  it('says that the token has expired, is used up, or that the assistant rests', async () => {
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

  it('tells how others get on, of their names only the first character', async () => {
    await open()
    await database.db.transaction(async (tx) => {
      const { id: contactId } = await meetContact(tx, { robotId, person: { username: '@li', nickname: '黑旋风' } })
      await askMembership(tx, { qunId: qun.id, contactId })
    })
    expect((await get(getPage)).text).toContain('黑＊＊ 已通过好友')
    await database.db.transaction((tx) => recordPresence(tx, { qunId: qun.id, usernames: ['@li'] }))
    const state = JSON.parse((await get(getState)).text)
    expect(state.news).toEqual([{ text: '黑＊＊ 已入群', isIn: true }])
    expect(JSON.stringify(state)).not.toContain('旋风')
  })

  it('shows the assistant’s own code where an operator gave one', async () => {
    await open()
    expect((await get(getQr)).status).toBe(404)
    const bytes = await QRCode.toBuffer('weixin://contact')
    await setAssistantCode(database.db, { robotId, bytes })
    expect((await get(getPage)).text).toContain(`src="/weiqun/${encodeQunNumber(qun.number)}/qr"`)
    expect((await get(getQr)).headers.get('content-type')).toBe('image/png')
  })

  it('escapes whatever people call themselves', async () => {
    await change({ ownerName: '"><script>alert(1)</script>', name: '<img src=x onerror=alert(1)>' })
    const { text } = await get(getPage)
    expect(text).not.toContain('<script>alert')
    expect(text).not.toContain('<img src=x')
  })
})

describe('B4: the code is the owner’s proof', () => {
  it('stands on the owner’s page until the room is there, and nowhere else', async () => {
    const shown = Buffer.from(code).toString('base64')
    const owner = { query: `?key=${qun.ownerKey}` }
    expect((await get(getPage, owner)).text).toContain(shown)
    for (const query of ['', '?key=', `?key=${'x'.repeat(22)}`]) {
      const { text } = await get(getPage, { query })
      expect(text).not.toContain(shown)
      expect(text).not.toContain(code)
    }
    expect((await get(getState, owner)).text).not.toContain(shown)
    await open()
    const { text } = await get(getPage, owner)
    expect(text).not.toContain(shown)
    expect(text).toContain('群主管理权转让')
  })
})

describe('B5: links cannot be guessed', () => {
  it('answers 404 for a number nobody was given, and 429 after six of them', async () => {
    const statuses: number[] = []
    for (let tried = 0; tried < 8; tried++)
      statuses.push((await get(getPage, { id: encodeQunNumber(String(1e14 + tried)) })).status)
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 429, 429])
    expect((await get(getPage)).headers.get('retry-after')).toMatch(/^\d+$/)
  })

  it('bears 60 loads a minute of one address', async () => {
    for (let load = 0; load < 60; load++) expect((await get(getPage)).status).toBe(200)
    const { status, text } = await get(getPage)
    expect(status).toBe(429)
    expect(text).toContain('打开太频繁了')
  })
})

it('counts people, not page views, and not the programs that fetch a preview', async () => {
  await open()
  await get(getPage)
  await get(getPage)
  await get(getPage, { headers: { 'user-agent': 'Mozilla/5.0 Android' } })
  await get(getPage, { headers: { 'user-agent': 'Googlebot/2.1' } })
  const visits = await database.db.select().from(qunVisits)
  expect(visits).toHaveLength(2)
  expect(JSON.stringify(visits)).not.toContain('10.0.0')
})

it('has the product’s own colours', () => {
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
