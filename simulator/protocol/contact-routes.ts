import { Hono } from 'hono'

import { syncKeyAt } from '@/simulator/login/sync-key'
import { appendToLogs } from '@/simulator/login/append-to-logs'
import { rawIdOf, userNameOf } from '@/simulator/login/user-names'
import { setRemark } from '@/simulator/world/befriend'
import { isMember } from '@/simulator/world/find-person'
import { randomMessageId } from '@/simulator/world/random'
import type { Login, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'
import { respond, readJson, recordsOf, textOf, WechatRet } from '@/simulator/protocol/response'
import { authenticate } from '@/simulator/protocol/authenticate'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { presentContact, presentSelf } from '@/simulator/protocol/present-contact'

const contactsPerPage = 20
const batchLimit = 50
const recentInInit = 10
const recentInNotify = 100

/** The account and its contacts: init, status notify, contacts, details, remarks. */
export function contactRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>().basePath('/cgi-bin/mmwebwx-bin')

  app.post('/webwxinit', async (c) => {
    const login = authenticate(world, c, (await readJson(c)).BaseRequest)
    login.chatsDue = true
    touchWorld(world)
    const recent = ['filehelper', ...recentChats(world, login, recentInInit)]
    return respond(c, {
      Count: recent.length,
      ContactList: recent.map((rawId) => presentContact(world, login, rawId)),
      SyncKey: syncKeyAt(login, login.headSeq),
      User: presentSelf(world, login),
      ChatSet: recent.map((rawId) => `${userNameOf(login, rawId)},`).join(''),
      SKey: login.skey,
      ClientVersion: 654_317_876,
      SystemTime: Math.floor(Date.now() / 1000),
      GrayScale: 1,
      InviteStartCount: 40,
      MPSubscribeMsgCount: 0,
      MPSubscribeMsgList: [],
      ClickReportInterval: 600_000,
    })
  })

  app.post('/webwxstatusnotify', async (c) => {
    const body = await readJson(c)
    const login = authenticate(world, c, body.BaseRequest)
    if (Number(body.Code) === 3 && login.chatsDue) {
      login.chatsDue = false
      const rawIds = ['filehelper', ...recentChats(world, login, recentInNotify)]
      const messageId = randomMessageId()
      appendToLogs(world, [login.wxid], { kind: 'chats', rawIds, messageId, atMs: Date.now() })
      touchWorld(world)
    }
    return respond(c, { MsgID: randomMessageId() })
  })

  app.on(['GET', 'POST'], '/webwxgetcontact', (c) => {
    const login = authenticate(world, c, c.req.query())
    const seq = Number(c.req.query('seq') ?? 0) || 0
    const rawIds = addressBook(world, login)
    const page = rawIds.slice(seq, seq + contactsPerPage)
    const next = seq + page.length
    return respond(c, {
      MemberCount: page.length,
      MemberList: page.map((rawId) => presentContact(world, login, rawId, { withMembers: false })),
      Seq: next < rawIds.length ? next : 0,
    })
  })

  app.post('/webwxbatchgetcontact', async (c) => {
    const body = await readJson(c)
    const login = authenticate(world, c, body.BaseRequest)
    const userNames = recordsOf(body.List).map((item) => textOf(item.UserName))
    if (userNames.length > batchLimit) throw new WechatRet(1)
    const ContactList = userNames.map((userName) => {
      const rawId = rawIdOf(world, login, userName)
      return rawId ? presentContact(world, login, rawId) : { ...presentContact(world, login, ''), UserName: userName }
    })
    return respond(c, { Count: ContactList.length, ContactList })
  })

  app.post('/webwxoplog', async (c) => {
    const body = await readJson(c)
    const login = authenticate(world, c, body.BaseRequest)
    const friend = rawIdOf(world, login, textOf(body.UserName))
    if (!friend) throw new WechatRet(1)
    // CmdId 3 pins a chat to the top of the phone's list, which the simulator does not show.
    if (Number(body.CmdId) === 2) setRemark(world, login.wxid, { friend, remark: textOf(body.RemarkName) })
    return respond(c)
  })

  app.post('/webwxstatreport', (c) => respond(c))
  return app
}

/** Returns friends and saved rooms, in a stable order. */
function addressBook(world: World, login: Login): string[] {
  const rooms = Object.values(world.data.rooms).filter((room) => room.savedBy.includes(login.wxid))
  return [...Object.keys(world.data.friends[login.wxid] ?? {}), ...rooms.map((room) => room.id)]
}

/** Returns the account's chats that have messages, the latest first. */
function recentChats(world: World, login: Login, limit: number): string[] {
  const chats = Object.entries(world.data.messages).flatMap(([chat, messages]) => {
    const last = messages.at(-1)
    const rawId = peerOf(world, login, chat)
    return last && rawId ? [{ rawId, atMs: last.atMs }] : []
  })
  return chats
    .sort((a, b) => b.atMs - a.atMs)
    .slice(0, limit)
    .map(({ rawId }) => rawId)
}

function peerOf(world: World, login: Login, chat: string): string | undefined {
  const room = world.data.rooms[chat]
  if (room) return isMember(room, login.wxid) ? chat : undefined
  const pair = chat.split('|')
  if (!pair.includes(login.wxid)) return undefined
  return pair.find((wxid) => wxid !== login.wxid && wxid !== 'filehelper')
}
