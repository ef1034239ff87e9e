import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsWord } from '@/lib/qun/contains-word'
import { decodeGroupCode, groupCodeForms } from '@/lib/qun/group-code'
import { encodeJoinToken, findJoinTokens, newJoinToken, parseJoinToken } from '@/lib/qun/join-token-text'
import { formatRoomName } from '@/lib/qun/create-qun'
import { encodeQunNumber, newQunNumber, parseQunNumber } from '@/lib/qun/qun-link'

describe('B4: a 群号代码', () => {
  it.each([
    ['MEU3RDZEOEZCNkMzfDg4ODg=', '0E7D6D8FB6C3|8888'],
    ['MEU3RDZEOEZCNkMzfDg4ODg', '0E7D6D8FB6C3|8888'],
    [' MEU3RDZEOEZCNkMzfDg4ODg= ', '0E7D6D8FB6C3|8888'],
    ['5bqX+mTuiLg==', null],
    [Buffer.from('~~~???').toString('base64'), '~~~???'],
    [Buffer.from('~~~???').toString('base64url'), '~~~???'],
    [Buffer.from('商户>>一').toString('base64').replaceAll('+', ' '), '商户>>一'],
    ['', null],
    ['====', null],
    ['A', null],
    ['AAAA', null],
    ['/w==', null],
    ['ICAg', null],
    ['not base64!', null],
  ])('%j decodes to %j', (encoded, groupCode) => expect(decodeGroupCode(encoded)).toBe(groupCode))

  it('B4: a 群号代码 is decoded from each of its forms', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 60, unit: 'grapheme' }), (text) => {
        const code = decodeGroupCode(Buffer.from(text).toString('base64'))
        if (code === null) return
        expect(groupCodeForms(code).slice(1).map(decodeGroupCode)).toEqual([code, code])
      }),
    ))

  it('B4: a 群号代码 is parsed from any text without an error', () =>
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void [decodeGroupCode(text), findJoinTokens(text)])))
})

describe('B4: a word in a greeting', () => {
  it.each([
    ['我是MEU3RDZEOEZCNkMzfDg4ODg=', 'MEU3RDZEOEZCNkMzfDg4ODg', true],
    ['你好，0E7D6D8FB6C3|8888。谢谢', '0E7D6D8FB6C3|8888', true],
    ['x0E7D6D8FB6C3|8888', '0E7D6D8FB6C3|8888', false],
    ['0E7D6D8FB6C3|88889', '0E7D6D8FB6C3|8888', false],
    ['10E7D6D8FB6C3|8888 0E7D6D8FB6C3|8888', '0E7D6D8FB6C3|8888', true],
    ['我是商户一', '商户一', true],
    ['我是商户一百', '商户一', false],
    ['大商户一', '商户一', false],
    ['', '商户一', false],
  ])('%j contains %j: %s', (text, word, isContained) => expect(containsWord(text, word)).toBe(isContained))
})

describe('B6: a join token', () => {
  it.each([
    ['NTkxNjkwNzE4RDY2', '591690718D66'],
    ['591690718d66', '591690718D66'],
    ['NTkxNjkwNzE4RDY', null],
    ['AAAAAAAAAAAAAAAA', null],
    ['', null],
  ])('%j is parsed as %j', (text, token) => expect(parseJoinToken(text)).toBe(token))

  it.each([
    ['我是 NTkxNjkwNzE4RDY2', ['591690718D66']],
    ['我是NTkxNjkwNzE4RDY2，想入群', ['591690718D66']],
    ['NTkxNjkwNzE4RDY2!591690718D66', ['591690718D66']],
    ['xNTkxNjkwNzE4RDY2', []],
    ['手机 13800138000', []],
  ])('B6: a join token is found in %j as a whole word', (text, tokens) => expect(findJoinTokens(text)).toEqual(tokens))

  it('B6: a join token is found in the form in which it is shown', () => {
    const token = newJoinToken()
    expect(findJoinTokens(`口令：${encodeJoinToken(token)}`)).toEqual([token])
  })
})

describe('B5: a qun’s number', () => {
  it('B5: a qun’s number has 15 digits and is parsed from its link', () => {
    const number = newQunNumber()
    expect(number).toMatch(/^\d{15}$/)
    expect(parseQunNumber(encodeQunNumber(number))).toBe(number)
  })
  it.each(['MTAwMTEx', '', 'AAAAAAAAAAAAAAAAAAAA', '../../../../etc/passw', 'MTIzNDU2Nzg5MDEyMzQ1='])(
    'B5: a qun’s number is not parsed from %j',
    (tail) => expect(parseQunNumber(tail)).toBeNull(),
  )
})

it('B4: a room name contains owner and number, and a long owner is truncated', () => {
  expect(formatRoomName('{owner}的群 {number}', { owner: '宋公明', number: '1' })).toBe('宋公明的群 1')
  expect(formatRoomName('{owner} {number}', { owner: '$&'.repeat(20), number: '1' })).toBe(`${'$&'.repeat(6)} 1`)
})
