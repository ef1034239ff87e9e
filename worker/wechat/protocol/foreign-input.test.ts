import { describe, expect, it } from 'vitest'
import * as containsWord from '@/lib/qun/contains-word'
import * as joinTokenText from '@/lib/qun/join-token-text'
import * as groupCode from '@/lib/qun/group-code'
import * as contactTag from '@/lib/membership/contact-tag'
import * as stripUnstorable from '@/lib/callback/strip-unstorable'
import * as plainText from '@/lib/plain-text'
import { cpuMsOf, pumpedTexts } from '@/lib/testing/pumped-texts'
import { ContactBook } from '@/worker/wechat/protocol/contact-book'
import * as decodeEmoji from '@/worker/wechat/protocol/decode-emoji'
import * as decodeText from '@/worker/wechat/protocol/decode-text'
import * as describeContent from '@/worker/wechat/protocol/describe-content'
import * as memberTraits from '@/worker/wechat/protocol/member-traits'
import * as parseScript from '@/worker/wechat/protocol/parse-script'
import { rawContact, rawMessage, syncResponse } from '@/worker/wechat/protocol/raw-shapes'
import * as readMessage from '@/worker/wechat/protocol/read-message'
import * as readRemovalLine from '@/worker/wechat/protocol/read-removal-line'
import * as readXml from '@/worker/wechat/protocol/read-xml'
import { runWithin } from '@/worker/wechat/session/run-within'
import * as wechatHosts from '@/worker/wechat/client/wechat-hosts'

const maxMs = 100

const message = (fields: object) =>
  readMessage.readMessage(rawMessage.parse({ MsgId: '1', FromUserName: '@@r', ...fields }), '@me')
const described = (fields: object) => ({ ...rawMessage.parse({ MsgId: '1', ...fields }), words: '' })
const everyKind = [1, 3, 34, 37, 42, 43, 47, 48, 49, 50, 51, 53, 62, 66, 10_000, 10_002]

type Parse = (text: string) => unknown

/** All exported functions that read foreign text, by module. A test below fails if one is missing. */
const parsers: Record<string, { of: object; read: Record<string, Parse | string | number> }> = {
  'decode-text': {
    of: decodeText,
    read: { ...decodeText, cutText: (text) => decodeText.cutText(text, 5_000) },
  },
  'decode-emoji': { of: decodeEmoji, read: { ...decodeEmoji } },
  'describe-content': {
    of: describeContent,
    read: {
      describeContent: (text) =>
        [5, 51, 53, 57, 87].map((AppMsgType) =>
          describeContent.describeContent({ ...described({ MsgType: 49, AppMsgType, FileName: text }), words: text }),
        ),
      describeXml: (text) =>
        [5, 57, 87].map((appType) =>
          describeContent.describeXml({
            msgType: 49,
            appType,
            xml: readXml.readXml(`<msg><title>${text}</title></msg>`),
          }),
        ),
      describeLocation: (text) => describeContent.describeLocation({ words: text, OriContent: text }),
    },
  },
  'member-traits': {
    of: memberTraits,
    read: { traitsOf: (text) => memberTraits.traitsOf({ NickName: text, RemarkName: text, Alias: text }) },
  },
  'parse-script': { of: parseScript, read: { ...parseScript } },
  'read-message': {
    of: readMessage,
    read: {
      ...Object.fromEntries(
        [1, 3, 37, 42, 48, 49, 10_000].map((MsgType) => [
          `readMessage ${MsgType}`,
          (text: string) => message({ MsgType, Content: text, FileName: text, OriContent: text, AppMsgType: 57 }),
        ]),
      ),
      'readMessage location': (text) => message({ MsgType: 1, SubMsgType: 48, Content: text }),
      'readMessage chats': (text) =>
        message({ MsgType: 51, StatusNotifyCode: 4, Content: text, StatusNotifyUserName: text }),
      'readMessage friend request': (text) =>
        message({
          MsgType: 37,
          FromUserName: 'fmessage',
          Content: text,
          RecommendInfo: { UserName: '@a', Ticket: 't', NickName: text, Content: text },
        }),
      readMessage: (text) => message({ MsgType: text, FromUserName: text, ToUserName: text }),
      unreadableMessage: (text) =>
        readMessage.unreadableMessage(rawMessage.parse({ MsgId: '1', Content: text, FromUserName: text }), '@me'),
    },
  },
  'read-removal-line': { of: readRemovalLine, read: { ...readRemovalLine } },
  'read-xml': { of: readXml, read: { ...readXml } },
  'wechat-hosts': {
    of: wechatHosts,
    read: {
      isWechatUrl: (text) => URL.canParse(text) && wechatHosts.isWechatUrl(new URL(text)),
      resolveUrl: (text) => wechatHosts.resolveUrl(text, undefined),
      readRedirectHost: (text) => wechatHosts.readRedirectHost(text, 'http://127.0.0.1:1'),
    },
  },
  'contains-word': {
    of: containsWord,
    read: {
      containsWord: (text) => ['a', '我', '==', text.slice(0, 20)].map((word) => containsWord.containsWord(text, word)),
    },
  },
  'join-token-text': {
    of: joinTokenText,
    read: { ...joinTokenText, newJoinToken: () => null, encodeJoinToken: () => null },
  },
  'group-code': { of: groupCode, read: { ...groupCode } },
  'contact-tag': { of: contactTag, read: { ...contactTag, newContactTag: () => null, formatRemark: () => null } },
  'storable-text': { of: stripUnstorable, read: { ...stripUnstorable } },
  'plain-text': {
    of: plainText,
    read: {
      plainText: (text) => plainText.plainText({ maxLength: 10, isTrimmed: true, isMultiline: true }).safeParse(text),
      visibleName: (text) => plainText.visibleName(10).safeParse(text),
    },
  },
  'contact book': {
    of: {},
    read: {
      'a contact': (text) =>
        shown({ UserName: '@@a', NickName: text, RemarkName: text, Alias: text, HeadImgUrl: text }),
      'a member': (text) =>
        shown({ UserName: '@@a', MemberList: [{ UserName: '@b', NickName: text, DisplayName: text }] }),
    },
  },
}

function shown(contact: object): unknown {
  const book = new ContactBook(() => '@me')
  book.put(rawContact.parse(contact))
  return [book.rooms(), book.contacts()]
}

const texts = pumpedTexts()
const cases = Object.entries(parsers).flatMap(([module, { read }]) =>
  Object.entries(read).flatMap(([name, parse]) =>
    typeof parse === 'function' ? [[module, name, parse] as const] : [],
  ),
)

describe('what strangers write', () => {
  it.each(cases)(
    '%s: %s reads any text of 100,000 characters within 100 ms',
    (_module, _name, parse) => {
      const slow = texts.flatMap((text) => {
        const tookMs = cpuMsOf(() => parse(text), maxMs)
        return tookMs < maxMs ? [] : [`${JSON.stringify(text.slice(0, 80))}: ${Math.round(tookMs)} ms`]
      })
      expect(slow).toEqual([])
    },
    120_000,
  )

  it.each(Object.entries(parsers))('%s: every exported function is covered', (_module, { of, read }) => {
    const exported = Object.entries(of).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
    expect(Object.keys(read)).toEqual(expect.arrayContaining(exported))
  })
})

describe('every foreign field has a limit before it is stored', () => {
  const long = '长'.repeat(1_000_000)

  it.each(everyKind)('a message of type %s', (MsgType) => {
    const fields = {
      Content: `@ab:<br/>${long}`,
      FileName: long,
      OriContent: long,
      MediaId: long,
      StatusNotifyUserName: long,
    }
    const reading = message({
      MsgType,
      ...fields,
      RecommendInfo: { NickName: long, UserName: '@a', Content: long, Ticket: long },
    })
    expect(JSON.stringify(reading).length).toBeLessThan(70_000)
  })

  it('names of a contact and its members are cut to 300 characters, and malformed user names are dropped', () => {
    const MemberList = Array.from({ length: 3_000 }, (_, index) => ({ UserName: `@${index}`, NickName: long }))
    const contact = rawContact.parse({
      UserName: '@@a',
      NickName: long,
      RemarkName: long,
      MemberCount: 1e300,
      MemberList,
    })
    const book = new ContactBook(() => '@me')
    book.put(contact)
    expect(book.room('@@a')).toMatchObject({ name: '长'.repeat(300), memberCount: 2_000 })
    expect(rawContact.safeParse({ UserName: long }).success).toBe(false)
  })

  it('a message with malformed user names has no sender', () => {
    const [raw] = syncResponse.parse({
      AddMsgList: [{ MsgId: '1', MsgType: 1, FromUserName: long, ToUserName: long }],
    }).AddMsgList
    expect(raw).toMatchObject({ FromUserName: '', ToUserName: '' })
  })
})

describe('runWithin', () => {
  it('interrupts a function that takes too long, also within a regular expression', () => {
    const endless = [
      () => /(a+)+$/.exec('a'.repeat(60) + '!'),
      () => {
        for (let count = 0; ; count++) if (count < 0) return
      },
    ]
    for (const act of endless)
      expect(() => runWithin(20, act)).toThrow(expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }))
    expect(runWithin(1_000, () => 'read')).toBe('read')
  })

  it('rethrows the error of the function', () => {
    expect(() =>
      runWithin(1_000, () => {
        throw new TypeError('unreadable')
      }),
    ).toThrow(new TypeError('unreadable'))
  })
})
