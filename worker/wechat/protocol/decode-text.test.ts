import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeName, decodeText, splitSpeaker } from '@/worker/wechat/protocol/decode-text'

describe('decodeText', () => {
  it.each([
    ['你好', '你好'],
    ['第一行<br/>第二行', '第一行\n第二行'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['&amp;lt;br/&amp;gt;', '&lt;br/&gt;'],
    ['&lt;br/&gt;', '<br/>'],
    ['&amp;amp;', '&amp;'],
    ['说：&quot;好&quot; &#39;行&#x27;', '说："好" \'行\''],
    ['<span class="emoji emoji1f604"></span>', '😄'],
    ['<span class="emoji emoji1f1e81f1f3"></span>', '🇨🇳'],
    ['<span class="emoji emoji26a1fe0f"></span>', '⚡️'],
    ['<span class="emoji emoji1f639"></span>', '😂'],
    ['<span class="emoji emojifffffff"></span>', '[表情]'],
    ['<span class="emoji emoji3120e3"></span>', '1⃣'],
    ['<span class="emoji emoji31fe0f20e3"></span>', '1️⃣'],
    ['<span class="emoji emoji2320e3"></span>', '#⃣'],
    ['<span class="emoji emoji2afe0f20e3"></span>', '*️⃣'],
    ['<span class="emoji emoji003020e3"></span>', '0⃣'],
    ['<span class="emoji emojia9"></span>', '©'],
    ['<span class="emoji emojiaefe0f"></span>', '®️'],
    ['<span class="emoji emoji00a9"></span>', '©'],
    ['<span class="emoji emoji231a"></span>', '⌚'],
    ['<span class="emoji emoji3030"></span>', '〰'],
    ['<span class="emoji emoji2764fe0f200d1f525"></span>', '❤️‍🔥'],
    ['<span class="emoji emoji1f3f4e0067e0062e0065e006ee0067e007f"></span>', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['<span class="emoji emojie415"></span>', '[表情]'],
    ['<span class="emoji emoji41"></span>', '[表情]'],
    ['<span class="emoji emoji003c"></span>span', '[表情]span'],
    ['<span class="emoji emojid83d"></span>', '[表情]'],
    ['<span class="emoji emoji1f604">', '[表情]'],
    ['<span class="emoji emoji"></span>好', '[表情]好'],
    ['好<span class="emoji emo', '好[表情]'],
    ['<sp&#0;an class="emoji emojia"></span>', '[表情]'],
    ['<&#115;pan class=&quot;emoji emojia9"></span>', '[表情]'],
    ['&lt;span class="emoji emoji1f604"&gt;&lt;/span&gt;', '<span class="emoji emoji1f604"></span>'],
    ['a:<br/>b', 'a:\nb'],
    ['🌚 🌚🌚 🌚🌚 🌚', '🌚 🌚🌚 🌚🌚 🌚'],
    ['nul\0 and half \ud83d', 'nul and half \uFFFD'],
    ['&#0;x', 'x'],
    ['&#9999999;', '&#9999999;'],
    ['[微笑]', '[微笑]'],
    ['<msg><unclosed', '<msg><unclosed'],
  ])('%j is read as %j', (sent, read) => {
    expect(decodeText(sent)).toBe(read)
  })

  it('returns the original of any text that is encoded as WeChat does', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '&',
        '<',
        '>',
        '\n',
        '<br/>',
        '&amp;',
        '&#65;',
        ':\n',
        '😄',
        '🎉',
        '<span class="emoji emoji1f604"></span>',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const written = pieces.join('').replaceAll('\0', '').replaceAll('\r', '')
        expect(decodeText(encodeAsWechat(written))).toBe(written)
      }),
    )
  })

  it('never returns an emoji span, whatever its parts', () => {
    const piece = fc.constantFrom(
      '<span class="emoji', '<sp', 'an class="', 'an class=&quot;', 'emoji', ' emoji emoji', '1f604', '3120e3', 'a9', '003c', 'zz', '"', '">', '</span>',
      '\0', '&#0;', '&#x00;', '&#115;', '&#34;', '&quot;', '&amp;', '<br/>', '\ud83d', '<SPAN CLASS="EMOJI', '好',
    ) // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(decodeText(pieces.join(''))).not.toMatch(/<span class="emoji/i)
        expect(decodeName(pieces.join(''))).not.toMatch(/<span class="emoji/i)
      }),
      { numRuns: 2_000 },
    )
  })

  it('returns a storable text for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sent) => {
        expect(decodeText(sent)).not.toMatch(/\0|\p{Surrogate}/u)
      }),
    )
  })
})

describe('splitSpeaker', () => {
  it.each([
    ['@ab12:<br/>你好:<br/>再见', '@ab12', '你好:<br/>再见'],
    ['@ab12:<br/>', '@ab12', ''],
    ['没有前缀:<br/>x', null, '没有前缀:<br/>x'],
    ['@all 大家好:<br/>x', null, '@all 大家好:<br/>x'],
  ])('%j', (content, speaker, words) => {
    expect(splitSpeaker(content)).toEqual({ speaker, words })
  })
})

it('a name is cut at 300 UTF-16 units, not within a surrogate pair', () => {
  expect(decodeName('好'.repeat(1_000))).toBe('好'.repeat(300))
  expect(decodeName(`a${'😄'.repeat(1_000)}`)).toBe(`a${'😄'.repeat(149)}`)
})

it.each([
  ['一\n\n 二', '一 二'],
  ['一 <br/> <br/>二\r三', '一 二 三'],
  [' 一 ', ' 一 '],
  ['\n一', ' 一'],
  ['一\u2028二', '一 二'],
])('%j as a name is %j', (sent, name) => {
  expect(decodeName(sent)).toBe(name)
})

it('a name has one line', () => {
  expect(decodeName('微米<br/>售后 &amp; 100086')).toBe('微米 售后 & 100086')
})

function encodeAsWechat(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br/>')
    .replace(/[😄🎉]/gu, (emoji) => `<span class="emoji emoji${emoji.codePointAt(0)?.toString(16)}"></span>`)
}
