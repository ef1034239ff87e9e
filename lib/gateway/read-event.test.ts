import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readGatewayEvent } from '@/lib/gateway/read-event'
import { readGatewayJson } from '@/lib/gateway/read-json'
import { readInteger, readText } from '@/lib/gateway/read-values'

const id = '7285921349879213470'
const textData = { MsgType: 1, Content: { string: 'wxid_a:\n在吗' }, ToUserName: { string: 'wxid_me' } }
const envelope = { TypeName: 'AddMsg', Appid: 'wx_1', Wxid: 'wxid_me' }
const room = '1@chatroom'
const expected = { room, sender: 'wxid_a', isOwn: false, msgType: 1, content: '在吗' }

const spellings: [string, string][] = [
  [
    'the document’s',
    JSON.stringify({ ...envelope, Data: { ...textData, FromUserName: { string: room }, NewMsgId: id } }).replace(
      `"${id}"`,
      id,
    ),
  ],
  [
    'texts',
    JSON.stringify({
      ...envelope,
      Data: { ...textData, Content: 'wxid_a:\n在吗', MsgType: '1', FromUserName: room, NewMsgId: id },
    }),
  ],
  [
    'halves',
    JSON.stringify({
      ...envelope,
      Data: {
        ...textData,
        MsgType: { low: 1 },
        FromUserName: { string: room },
        NewMsgId: { low: -1530386658, high: 1696385563 },
      },
    }),
  ],
  [
    'a flat one',
    JSON.stringify({
      appid: 'wx_1',
      wxid: 'wxid_me',
      msgType: 1,
      newMsgId: id,
      fromUser: 'wxid_a',
      fromGroup: room,
      toUser: 'wxid_me',
      content: '在吗',
      isSelf: false,
    }),
  ],
]

describe('readGatewayEvent', () => {
  it.each(spellings)('reads a room message in %s spelling, with every digit of its id', (name, body) => {
    const halves = String((1696385563n << 32n) + BigInt.asUintN(32, -1530386658n))
    const expectedKey = name === 'halves' ? halves : id
    const event = readGatewayEvent(body)
    expect(event).toMatchObject({ appId: 'wx_1', kind: 'message', message: expected })
    expect(event?.key).toBe(expectedKey)
  })

  it('recognises messages of the account itself, private and in a room', () => {
    const own = {
      MsgType: 1,
      FromUserName: { string: 'wxid_me' },
      Content: { string: 'a:\nb' },
      NewMsgId: 123456789012,
    }
    const read = (ToUserName: object) => readGatewayEvent(JSON.stringify({ ...envelope, Data: { ...own, ToUserName } }))
    expect(read({ string: room })).toMatchObject({ message: { isOwn: true, room } })
    expect(read({ string: 'wxid_a' })).toMatchObject({ message: { isOwn: true, room: null, content: 'a:\nb' } })
  })

  it('a time of ten digits is not read as a message id', () => {
    const body = (CreateTime: number) =>
      JSON.stringify({
        ...envelope,
        Data: { ...textData, FromUserName: { string: room }, NewMsgId: 1764374400, CreateTime },
      })
    expect(readGatewayEvent(body(1))?.key).not.toBe(readGatewayEvent(body(2))?.key)
    expect(readGatewayEvent(body(1))?.key).toBe(readGatewayEvent(body(1))?.key)
  })

  it('reads changes of contacts, and events that make a check of the connection due', () => {
    const read = (TypeName: string) =>
      readGatewayEvent(JSON.stringify({ ...envelope, TypeName, Data: { UserName: { string: 'wxid_a' } } }))
    expect(read('ModContacts')).toMatchObject({ kind: 'contact', username: 'wxid_a', isDeleted: false })
    expect(read('DEL_CONTACTS')).toMatchObject({ kind: 'contact', username: 'wxid_a', isDeleted: true })
    for (const type of ['Offline', 'LOGOUT', 'LONG_DISCONNECTED'])
      expect(read(type)).toMatchObject({ kind: 'connection' })
    expect(read('SomethingNew')).toMatchObject({ kind: 'other' })
  })

  it('returns null for the test of a callback URL and for a text that is not a JSON object', () => {
    for (const body of [
      '{"testMsg":"ok","token":"t"}',
      '',
      '[]',
      '{',
      'null',
      '"Appid"',
      '{"Appid":{}}',
      '['.repeat(100_000),
    ])
      expect(readGatewayEvent(body)).toBeNull()
  })

  it('never throws, and returns nothing that Postgres refuses', () => {
    const json = fc.jsonValue({ maxDepth: 4 })
    fc.assert(
      fc.property(json, json, json, fc.string({ unit: 'binary' }), (from, content, type, text) => {
        const data = { FromUserName: from, Content: content, MsgType: type, PushContent: text }
        const event = readGatewayEvent(JSON.stringify({ Appid: `a${text}`, TypeName: 'AddMsg', Data: data }))
        expect(JSON.stringify(event)).not.toMatch(/\\u0000|\\ud[89a-f]/i)
      }),
    )
  })
})

describe('readGatewayJson', () => {
  it('keeps every digit of a 64-bit id and reads other numbers as numbers', () => {
    expect(readGatewayJson(`{"a":${id},"b":12,"c":-1.5,"d":"${id}"}`)).toEqual({ a: id, b: 12, c: -1.5, d: id })
    expect(readInteger({ low: -1, high: -1, unsigned: true })).toBe('18446744073709551615')
    expect(readText({ string: 'a\0b' })).toBe('ab')
  })
})
