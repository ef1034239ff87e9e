import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callGateway } from '@/simulator/gateway/testing/call-gateway'
import { type RunningSimulator, startSimulator } from '@/simulator/start-simulator'

const me = 'wxid_weimi000001'
const roomId = '20000000001@chatroom'
let simulator: RunningSimulator
let received: string[]
let receiver: ReturnType<typeof createServer>
let callbackUrl: string

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 })
  received = []
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push(body)
      response.end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callback`
})
afterEach(async () => {
  receiver.close().closeAllConnections()
  await simulator.stop()
})

async function control(path: string, body: object = {}) {
  const response = await fetch(`${simulator.origin}/sim${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}

async function logIn(call = callGateway(simulator.origin)): Promise<string> {
  const { appId = '', uuid } = (await call('/login/getLoginQrCode', { appId: '' })).data
  await control(`/gateway/codes/${uuid}/scan`, { wxid: me })
  await control(`/gateway/codes/${uuid}/confirm`)
  await call('/login/setCallback', { token: 'sim-test', callbackUrl })
  return appId
}

describe('the gateway simulator', () => {
  it('logs in through a number and a check, and keeps the device id', async () => {
    const call = callGateway(simulator.origin)
    const { appId, uuid, qrData } = (await call('/login/getLoginQrCode', { appId: '' })).data
    if (!uuid) throw new Error('no code')
    expect(qrData).toBe(`http://weixin.qq.com/x/${uuid}`)
    const check = async (more = {}) => (await call('/login/checkLogin', { appId, uuid, ...more })).data
    expect(await check()).toMatchObject({ status: 0, loginInfo: null })
    await control(`/gateway/codes/${uuid}/scan`, { wxid: me, number: '42', check: true })
    expect(await check()).toMatchObject({ code: '-300' })
    expect(await check({ captchCode: '41' })).toMatchObject({ code: '-301' })
    expect(await check({ captchCode: '42' })).toEqual({ url: expect.stringContaining(uuid) })
    await control(`/gateway/codes/${uuid}/pass`)
    expect(await check()).toMatchObject({ status: 1, nickName: '微米助手' })
    await control(`/gateway/codes/${uuid}/confirm`)
    expect(await check()).toMatchObject({ status: 2, loginInfo: { wxid: me, nickName: '微米助手' } })
    expect((await call('/login/checkOnline', { appId })).data).toBe(true)
    expect((await call('/login/getLoginQrCode', { appId })).data.appId).toBe(appId)
  })

  it('posts each message, also from the account itself, with ids as bare numbers', async () => {
    const call = callGateway(simulator.origin)
    const appId = await logIn()
    await control('/gateway/shape', { shape: 'document' })
    await control(`/rooms/${roomId}/messages`, { from: 'wxid_wangfang0101', type: 'text', text: '在吗' })
    const sent = await call('/message/postText', { appId, toWxid: roomId, content: '在的' })
    expect(sent.text).toMatch(/"newMsgId":\d{19}[,}]/)
    await control('/gateway/idle')
    const events = received.map((body) => JSON.parse(body)).filter(({ TypeName }) => TypeName === 'AddMsg')
    expect(events.map(({ Data }) => [Data.FromUserName.string, Data.Content.string])).toEqual([
      [roomId, 'wxid_wangfang0101:\n在吗'],
      [me, '在的'],
    ])
    expect(received.join()).toMatch(/"NewMsgId":\d{19}/)
  })

  it('creates, names and saves a room, and adds a person', async () => {
    const call = callGateway(simulator.origin, { prefix: '/v2/api', header: 'VideosApi-token' })
    const appId = await logIn(call)
    const wxids = ['wxid_wangfang0101', 'wxid_liwei0000102']
    const { chatroomId = '' } = (await call('/group/createChatroom', { appId, wxids })).data
    await call('/group/modifyChatroomName', { appId, chatroomId, chatroomName: '新群' })
    await call('/group/saveContractList', { appId, chatroomId, operType: 3 })
    await call('/group/inviteMember', { appId, chatroomId, wxids: 'wxid_chenjing0105', reason: '' })
    const { nickName, memberList } = (await call('/group/getChatroomInfo', { appId, chatroomId })).data
    expect(nickName).toBe('新群')
    expect(memberList).toHaveLength(4)
    expect((await call('/contacts/fetchContactsList', { appId })).data.chatrooms).toContain(chatroomId)
    expect((await call('/group/getChatroomQrCode', { appId, chatroomId })).data.qrBase64).toMatch(/^data:image\/png/)
  })

  it('responds with the fields of the document, and takes both spellings of lists', async () => {
    const call = callGateway(simulator.origin)
    const appId = await logIn()
    const fieldsOf = async (path: string, body: object = {}) => {
      const { data } = await call(path, { appId, ...body })
      return Object.keys(data ?? {}).sort()
    }
    const friends = ['wxid_wangfang0101', 'wxid_liwei0000102']
    const made = await call('/group/createChatroom', { appId, wxid: friends })
    const chatroomId = made.data.chatroomId ?? ''
    expect(chatroomId).toMatch(/^\d+@chatroom$/)
    expect(await fieldsOf('/login/getLoginQrCode', { appId: '' })).toEqual(['appId', 'qrData', 'qrImgBase64', 'uuid'])
    expect(await fieldsOf('/contacts/fetchContactsList')).toEqual(['chatrooms', 'friends', 'ghs'])
    const [person] = (await call('/contacts/getBriefInfo', { appId, wxids: friends })).data as unknown as object[]
    expect(Object.keys(person ?? {})).toEqual(['userName', 'nickName', 'remark', 'alias', 'smallHeadImgUrl'])
    const info = await fieldsOf('/group/getChatroomInfo', { chatroomId })
    expect(info).toEqual(expect.arrayContaining(['chatRoomOwner', 'memberList', 'nickName']))
    const members = await call('/group/getChatroomMemberList', { appId, chatroomId })
    expect(Object.keys(members.data).sort()).toEqual(['adminWxid', 'chatroomOwner', 'memberList'])
    expect(Object.keys(members.data.memberList?.[0] ?? {})).toEqual(
      expect.arrayContaining(['wxid', 'nickName', 'displayName', 'inviterUserName']),
    )
    expect(await fieldsOf('/group/getChatroomQrCode', { chatroomId })).toEqual(
      expect.arrayContaining(['qrBase64', 'qrTips']),
    )
    const inviteBoth = { appId, chatroomId, wxids: ['wxid_chenjing0105'], reason: '' }
    expect(await call('/group/inviteMember', inviteBoth)).toMatchObject({ ret: 200 })
    expect(await fieldsOf('/message/postText', { toWxid: chatroomId, content: '好', ats: '' })).toEqual(
      expect.arrayContaining(['createTime', 'msgId', 'newMsgId', 'type']),
    )
    const refused = await call('/group/createChatroom', { appId, wxids: ['wxid_nobody'] })
    expect(refused).toMatchObject({ ret: 500, msg: expect.any(String), data: { code: '-4', msg: expect.any(String) } })
  })

  it('refuses a foreign token, a foreign device and a dropped session', async () => {
    const call = callGateway(simulator.origin)
    const appId = await logIn()
    expect(await callGateway(simulator.origin, { token: 'other' })('/login/checkOnline', { appId })).toMatchObject({
      ret: 500,
    })
    expect(await callGateway(simulator.origin, { token: 'sim-b' })('/login/checkOnline', { appId })).toMatchObject({
      ret: 500,
    })
    await control(`/gateway/accounts/${me}/drop`)
    expect((await call('/login/checkOnline', { appId })).data).toBe(false)
    expect(await call('/message/postText', { appId, toWxid: roomId, content: '在的' })).toMatchObject({ ret: 500 })
    expect(await call('/login/reconnection', { appId })).toMatchObject({ ret: 500 })
  })
})
