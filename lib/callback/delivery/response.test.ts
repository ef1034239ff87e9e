import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRetCode, RetCodeScanner } from '@/lib/callback/delivery/response'

describe('the retCode of a response body', () => {
  const long = 'x'.repeat(200_000)
  it.each<[string, string, unknown]>([
    ['first, before a long rest', `{"retCode":1,"errorMsg":"${long}"}`, 1],
    ['first, before a truncated rest', `{"retCode":1,"errorMsg":"${long}`, 1],
    ['last, after a long rest', `{"errorMsg":"${long}","retCode":"7"}`, '7'],
    ['of the outer object, not of a nested one', '{"data":{"retCode":1},"retCode":0}', 0],
    ['none, only within a nested object', '{"data":{"retCode":1}}', undefined],
    ['none, only within a nested array', '{"data":[{"retCode":1}]}', undefined],
    ['none, only within a string', String.raw`{"data":"\",\"retCode\":1,\""}`, undefined],
    ['none, only as a value', '{"a":"retCode","b":1}', undefined],
    ['written with an escape', String.raw`{"ret\u0043ode":1}`, 1],
    ['the last of two, as JSON parsers do', '{"retCode":0,"retCode":1}', 1],
    ['after a byte order mark and blanks', '\uFEFF \r\n{ "retCode" : 1 }', 1],
    ['before what a web host appends', '{"retCode":1}\n<!-- hosted by -->', 1],
    ['before a trailing comma', '{"retCode":1,}', 1],
    ['an object', '{"retCode":{"a":[1,"}"]},"b":2}', { a: [1, '}'] }],
    ['not valid JSON', '{"retCode":01}', '01'],
    ['truncated within its value', '{"retCode":1', undefined],
    ['none, in an array', '[{"retCode":1}]', undefined],
    ['none, in an HTML page', '<html>{"retCode":1}', undefined],
    ['none, in an empty body', '', undefined],
  ])('the retCode of a response body is read: %s', (_kind, text, retCode) => expect(readRetCode(text)).toEqual(retCode))

  it('equals the result of JSON.parse, however the text is split', () => {
    const member = fc.oneof(fc.constant('retCode'), fc.constant('data'), fc.string({ unit: 'binary' }))
    const texts = fc
      .dictionary(member, fc.jsonValue())
      .chain((object) => fc.tuple(fc.constant(object), fc.nat(4), fc.integer({ min: 1, max: 9 })))
    fc.assert(
      fc.property(texts, ([object, indent, size]) => {
        const text = JSON.stringify(object, null, indent)
        const scanner = new RetCodeScanner()
        for (let at = 0; at < text.length; at += size) scanner.write(text.slice(at, at + size))
        const expected = (JSON.parse(text) as { retCode?: unknown }).retCode
        fc.pre(JSON.stringify(expected ?? null, null, indent).length < 150)
        expect(scanner.isComplete).toBe(true)
        expect(scanner.retCode).toEqual(expected)
      }),
    )
  })

  it.each(['{', '{"', '{"retCode":', '{"retCode":"', '[[', '{"a":{', '"', '\\', ' ', '\uFEFF'])(
    'the retCode of a response body is found in linear time: %j',
    (part) => {
      const began = process.cpuUsage()
      readRetCode(part.repeat(100_000))
      readRetCode('{' + part.repeat(100_000))
      // Processor time, which does not depend on what else runs: quadratic time would be minutes.
      expect(process.cpuUsage(began).user).toBeLessThan(2_000_000)
    },
  )
})
