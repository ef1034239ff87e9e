import { describe, expect, it } from 'vitest'
import { placeUrl } from '@/worker/ilink/client/place-url'
import { readWireJson } from '@/worker/ilink/client/read-json'
import { decryptFile, encryptFile, readKey } from '@/worker/ilink/protocol/crypto'
import { readParts } from '@/worker/ilink/protocol/read-message'
import { updatesResponse, wireMessage } from '@/worker/ilink/protocol/shapes'

const base = { message_id: '7', from_user_id: 'a@im.wechat', message_type: 1, item_list: [] as unknown }

describe('a response of iLink', () => {
  it('keeps 64-bit ids exact and does not change texts that resemble them', () => {
    const json = String.raw`{"msgs":[{"message_id":9223372036854775807,"text":"\"message_id\":1, \"msg_id\": 2"}],"svr_id": 1}`
    expect(readWireJson(json)).toEqual({
      msgs: [{ message_id: '9223372036854775807', text: '"message_id":1, "msg_id": 2' }],
      svr_id: '1',
    })
  })

  it.each([null, 1, 'x', [], {}, { msgs: 1 }, { msgs: {}, get_updates_buf: 7, longpolling_timeout_ms: 'x' }])(
    'a response of iLink that is %j is only refused for its shape',
    (value) => {
      const parsed = updatesResponse.safeParse(value)
      expect(parsed.success ? parsed.data.msgs : []).toEqual([])
    },
  )

  it.each([
    {},
    { message_id: {} },
    { ...base, message_id: '' },
    { ...base, from_user_id: 7 },
    { ...base, message_type: '1' },
    { ...base, message_id: 'x'.repeat(65) },
  ])('a response of iLink is read without the message %j', (value) => {
    expect(wireMessage.safeParse(value).success).toBe(false)
  })
})

describe('a message of iLink', () => {
  const parts = (item_list: unknown) => readParts(wireMessage.parse({ ...base, item_list }))

  it.each([
    null,
    'x',
    [null, 1, 'x', [], {}, { type: 'x' }, { type: 1 }, { type: 1, text_item: { text: 1 } }, { type: 11 }, { type: 99 }],
  ])('a message of iLink with the items %j has no parts', (items) => {
    expect(parts(items)).toEqual([])
  })

  it('a message of iLink with several items becomes several messages, each with its own id', () => {
    const text = (value: string) => ({ type: 1, text_item: { text: value } })
    expect(parts([text('一'), { type: 2 }, text('二')])).toMatchObject([
      { wechatId: '7', text: '一' },
      { wechatId: '7:1', type: 'image', text: '[图片]', file: null },
      { wechatId: '7:2', text: '二' },
    ])
  })

  it('contains no character that Postgres cannot store', () => {
    expect(parts([{ type: 1, text_item: { text: 'a\0b\ud83d' } }])[0]?.text).toBe('ab\uFFFD')
    expect(parts([{ type: 1, text_item: { text: 'x'.repeat(1_000_000) } }])[0]?.text).toHaveLength(65_536)
  })
})

describe('a file of iLink', () => {
  const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex')

  it('a file of iLink is decrypted with the key in each of its forms', () => {
    const hex = key.toString('hex')
    const forms = [
      { hex, base64: '' },
      { hex: '', base64: key.toString('base64') },
      { hex: '', base64: Buffer.from(hex).toString('base64') },
    ]
    for (const form of forms) expect(readKey(form)).toEqual(key)
    expect(decryptFile(encryptFile(Buffer.from('你好'), key), key)).toEqual(Buffer.from('你好'))
  })

  it('a file of iLink is null without a matching key', () => {
    expect(readKey({ hex: 'xyz', base64: 'AAAA' })).toBeNull()
    expect(decryptFile(Buffer.from('not a block'), key)).toBeNull()
  })

  it.each([
    ['https://novac2c.cdn.weixin.qq.com/c2c/download?a=1', true],
    ['https://evil.example/c2c', false],
    ['https://qq.com.evil.example/', false],
    ['https://user:pw@weixin.qq.com/', false],
    ['http://weixin.qq.com/', false],
    ['https://weixin.qq.com:8443/', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
  ])('a file of iLink at %s may be requested: %s', (url, isAllowed) => {
    expect(placeUrl(url, undefined) !== null).toBe(isAllowed)
  })
})
