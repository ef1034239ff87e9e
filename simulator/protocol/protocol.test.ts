import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { RunningSimulator } from '@/simulator/start-simulator'
import { startSimulator } from '@/simulator/start-simulator'
import { WebClient } from '@/simulator/testing/web-client'

const weimi = 'wxid_weimi000001'
const kefu = 'wxid_yunkefu00002'
const roomId = '20000000001@chatroom'

let simulator: RunningSimulator

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, pollHoldMs: 200 })
})
afterAll(() => simulator.stop())

const client = () => new WebClient(simulator.origin)
const textOfRoom = (from: string, text: string) =>
  client().control(`/rooms/${roomId}/messages`, { from, type: 'text', text })

describe('login', () => {
  it('the poll distinguishes a waiting, a scanned and a refused code', async () => {
    const web = client()
    const uuid = await web.newCode()
    const path = `/codes/${encodeURIComponent(uuid)}`
    expect(uuid).toMatch(/==$/)
    expect(await web.poll(uuid)).toBe('window.code=408;')
    const held = web.poll(uuid)
    await web.control(`${path}/scan`, { wxid: weimi })
    expect(await held).toMatch(/^window\.code=201;window\.userAvatar = 'data:image\/png;base64,/)
    expect(await web.poll(uuid)).toBe('window.code=408;')
    await web.control(`${path}/refuse`, {})
    expect(await web.poll(uuid)).toBe('window.code=400;')
    expect(await web.poll('unknown==')).toBe('window.code=400;')
  })

  it('each ticket returns 301 with XML and cookies only once', async () => {
    const page = await client().openPage(weimi)
    expect(page.status).toBe(301)
    const names = page.headers.getSetCookie().map((cookie) => cookie.split('=')[0])
    expect(names).toEqual(expect.arrayContaining(['wxuin', 'wxsid', 'webwx_data_ticket', 'webwx_auth_ticket']))
    expect(await page.text()).toMatch(/^<error><ret>0<\/ret>.*<wxuin>\d+<\/wxuin><pass_ticket>.+<\/pass_ticket>/)
    expect(await (await fetch(page.url, { redirect: 'manual' })).text()).toContain('<ret>-14</ret>')
  })

  it('an account marked as refused gets 1203 and no cookies', async () => {
    const page = await client().openPage('wxid_xinhao000006')
    expect(page.status).toBe(200)
    expect(page.headers.getSetCookie()).toEqual([])
    expect(await page.text()).toContain('<ret>1203</ret>')
  })

  it('a second login has new user names and ends the first one with 1101', async () => {
    const first = await client().login(weimi)
    const held = first.synccheck()
    const second = await client().login(weimi)
    expect(second.user.Uin).toBe(first.user.Uin)
    expect(second.user.UserName).not.toBe(first.user.UserName)
    expect(await held).toBe('window.synccheck={retcode:"1101",selector:"0"}')
    expect((await first.sync()).BaseResponse.Ret).toBe(1101)
    expect((await second.sync()).BaseResponse.Ret).toBe(0)
  })

  it.each([
    ['phone', 1100],
    ['elsewhere', 1101],
  ])('every call after a kick (%s) returns %i', async (how, ret) => {
    const web = await client().login(kefu)
    await web.control(`/accounts/${kefu}/kick`, { how })
    expect(await web.synccheck()).toContain(`retcode:"${ret}"`)
    expect((await web.call('webwxinit')).BaseResponse.Ret).toBe(ret)
  })

  it('a call without the cookies or with a wrong skey returns 1102', async () => {
    const web = await client().login(kefu)
    const thief = client()
    thief.base = web.base
    expect((await thief.call('webwxinit')).BaseResponse.Ret).toBe(1102)
    web.base = { ...web.base, Skey: '@crypt_wrong' }
    expect((await web.call('webwxinit')).BaseResponse.Ret).toBe(1102)
  })

  it('a logout by the client ends the login', async () => {
    const web = await client().login(kefu)
    await web.fetch(`/cgi-bin/mmwebwx-bin/webwxlogout?redirect=1&type=0&skey=${web.base.Skey}`, { method: 'POST' })
    expect((await web.sync()).BaseResponse.Ret).toBe(1101)
  })
})

describe('contacts', () => {
  it('the address book is paged; only the details of a room list its members', async () => {
    const web = await client().login(weimi)
    const first = await web.get(`webwxgetcontact?seq=0&skey=${web.base.Skey}`)
    expect(first).toMatchObject({ MemberCount: 20, Seq: 20 })
    const room = await web.findContact('云商城售后群 100086')
    expect(room).toMatchObject({ MemberCount: 0, MemberList: [] })
    const details = await web.call('webwxbatchgetcontact', { List: [{ UserName: room.UserName }] })
    expect(details.ContactList[0]).toMatchObject({ NickName: '云商城售后群 100086', MemberCount: 8 })
    expect(details.ContactList[0].MemberList[2]).toMatchObject({ NickName: '王芳', DisplayName: '广州店 王芳' })
  })

  it('a request for more than 50 details is rejected', async () => {
    const web = await client().login(weimi)
    const list = Array.from({ length: 51 }, () => ({ UserName: 'filehelper' }))
    expect((await web.call('webwxbatchgetcontact', { List: list })).BaseResponse.Ret).toBe(1)
  })

  it('the chat list after a login has raw ids in the same order as user names', async () => {
    const web = await client().login(weimi)
    await web.call('webwxstatusnotify', { Code: 3 })
    const [notice] = (await web.sync()).AddMsgList
    expect(notice).toMatchObject({ MsgType: 51, StatusNotifyCode: 4 })
    const rawIds = /&lt;username&gt;<br\/>(.+?)<br\/>/.exec(notice.Content)?.[1]?.split(',') ?? []
    const userNames: string[] = notice.StatusNotifyUserName.split(',')
    expect(userNames.length).toBe(rawIds.length)
    const at = rawIds.indexOf(roomId)
    expect(userNames[at]).toBe((await web.findContact('云商城售后群 100086')).UserName)
    await web.call('webwxstatusnotify', { Code: 3 })
    expect((await web.sync()).AddMsgCount).toBe(0)
  })

  it('a new remark is returned as a changed contact', async () => {
    const web = await client().login(weimi)
    const { UserName } = await web.findContact('何平')
    await web.call('webwxoplog', { CmdId: 2, UserName, RemarkName: '桂林何总' })
    expect((await web.sync()).ModContactList).toMatchObject([{ UserName, RemarkName: '桂林何总' }])
  })
})

describe('messages', () => {
  it('room text is encoded as WeChat encodes it', async () => {
    const web = await client().login(weimi)
    await textOfRoom('wxid_wangfang0101', 'a < b && "c":\n第二行😊😂')
    const [message] = (await web.sync()).AddMsgList
    expect(message.FromUserName).toMatch(/^@@/)
    expect(message.Content).toMatch(
      /^@[0-9a-f]{64}:<br\/>a &lt; b &amp;&amp; "c":<br\/>第二行<span class="emoji emoji1f60a"><\/span>😂$/u,
    )
  })

  it('a client with an old SyncKey gets all later messages in order, page by page', async () => {
    const web = await client().login(weimi)
    const old = web.syncKey
    for (let n = 1; n <= 60; n++) await textOfRoom('wxid_wangfang0101', `第 ${n} 条`)
    await web.call('webwxinit')
    web.syncKey = old
    const first = await web.sync()
    expect(first.ContinueFlag).toBe(1)
    const second = await web.sync()
    const texts = [...first.AddMsgList, ...second.AddMsgList].map((message) => message.Content.split('<br/>')[1])
    expect(texts).toEqual(Array.from({ length: 60 }, (_, index) => `第 ${index + 1} 条`))
    expect(await web.synccheck()).toContain('selector:"0"')
  })

  it('a message sent on the web is not echoed, a message sent on the phone is', async () => {
    const web = await client().login(weimi)
    const { UserName } = await web.findContact('云商城售后群 100086')
    expect((await web.send(UserName, '网页上说的')).MsgID).toMatch(/^\d{19}$/)
    expect((await web.sync()).AddMsgCount).toBe(0)
    await textOfRoom(weimi, '手机上说的')
    const [message] = (await web.sync()).AddMsgList
    expect(message).toMatchObject({ FromUserName: web.user.UserName, ToUserName: UserName, Content: '手机上说的' })
  })

  it('a message sent by one web login reaches the other web logins in the room', async () => {
    const [one, other] = [await client().login(weimi), await client().login(kefu)]
    await one.send((await one.findContact('云商城售后群 100086')).UserName, '两个机器人')
    const [message] = (await other.sync()).AddMsgList
    expect(message.Content).toMatch(/:<br\/>两个机器人$/)
    expect(message.Content).not.toContain(one.user.UserName)
  })

  it('the sender of a message to a stranger gets the system message', async () => {
    const web = await client().login(weimi)
    const room = await web.findContact('云商城售后群 100086')
    await textOfRoom('wxid_wangfang0101', '占位')
    await web.sync()
    const stranger = 'wxid_stranger_1'
    await web.control('/accounts', { wxid: stranger, nickname: '陌生人', canLogIn: false })
    await web.control(`/rooms/${roomId}/join`, { wxid: stranger })
    const details = await web.call('webwxbatchgetcontact', { List: [{ UserName: room.UserName }] })
    const { UserName } = details.ContactList[0].MemberList.at(-1)
    await web.sync()
    expect((await web.send(UserName, '你好')).BaseResponse.Ret).toBe(0)
    expect((await web.sync()).AddMsgList).toMatchObject([{ MsgType: 10000, FromUserName: UserName }])
  })

  it.each(['', '@unknown', '@@unknown'])('a message to the invalid user name %j is rejected', async (to) => {
    const web = await client().login(weimi)
    expect((await web.send(to, 'x')).BaseResponse.Ret).toBe(1)
  })
})

describe('rooms and friends', () => {
  it('a new room needs two friends and is missing from later contact lists until it is saved', async () => {
    const web = await client().login(weimi)
    const [a, b] = [await web.findContact('李伟'), await web.findContact('张敏<span class="emoji emoji1f338"></span>')]
    const create = (list: object[]) => web.call('webwxcreatechatroom', { Topic: '未保存的群', MemberList: list })
    expect((await create([a])).BaseResponse.Ret).toBe(1)
    expect((await create([a, b])).ChatRoomName).toMatch(/^@@/)
    const next = await client().login(weimi)
    expect((await next.contacts()).map((contact) => contact.NickName)).not.toContain('未保存的群')
    const init = await next.call('webwxinit')
    expect(init.ContactList.map((contact: { NickName: string }) => contact.NickName)).toContain('未保存的群')
  })

  it('a friend request contains the raw wxid and is accepted only with its ticket', async () => {
    const web = await client().login(weimi)
    await web.control(`/accounts/${weimi}/friend-requests`, { from: 'wxid_denglu000126', greeting: '我是"邓璐"' })
    const [message] = (await web.sync()).AddMsgList
    expect(message).toMatchObject({ MsgType: 37, FromUserName: 'fmessage', RecommendInfo: { Content: '我是"邓璐"' } })
    expect(message.Content).toContain('fromusername="wxid_denglu000126"')
    const accept = (ticket: string) =>
      web.call('webwxverifyuser', {
        Opcode: 3,
        VerifyUserList: [{ Value: message.RecommendInfo.UserName, VerifyUserTicket: ticket }],
      })
    expect((await accept('wrong')).BaseResponse.Ret).toBe(-14)
    expect((await accept(message.RecommendInfo.Ticket)).BaseResponse.Ret).toBe(0)
    const news = await web.sync()
    expect(news.AddMsgList).toMatchObject([{ MsgType: 10000, FromUserName: message.RecommendInfo.UserName }])
    expect(news.ModContactList).toMatchObject([{ NickName: '邓璐', ContactFlag: 3 }])
  })

  it('an invitation is sent as a card and does not add the member before it is accepted', async () => {
    const web = await client().login(weimi)
    const room = await web.findContact('云商城VIP客户群 100086')
    const friend = await web.findContact('高飞')
    await web.call('webwxupdatechatroom?fun=invitemember', {
      ChatRoomName: room.UserName,
      InviteMemberList: friend.UserName,
    })
    const { messages } = await web.control(`/chats/${weimi}/wxid_gaofei000119/messages`)
    expect(messages.at(-1)).toMatchObject({ type: 'invite', roomId: '20000000002@chatroom' })
    const { rooms } = await web.control('/state')
    expect(rooms[1].members.map((member: { nickname: string }) => member.nickname)).not.toContain('高飞')
  })
})
