import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeName, decodeText, splitSpeaker } from './decode-text'

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

  it('gives back whatever was written, encoded as WeChat does', () => {
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

  it('reads anything at all as a text that can be stored', () => {
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
