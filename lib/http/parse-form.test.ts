import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { parseForm } from '@/lib/http/parse-form'

/** Returns the parser's result, or the name of the parameter that it refuses. */
function parse(form: string): unknown {
  try {
    return parseForm(Buffer.from(form, 'latin1'))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'INVALID_PARAMETER') throw error
    return error.options.parameter
  }
}

describe('parseForm refuses bytes that are not UTF-8 and names the parameter:', () => {
  it.each([
    ['GBK, percent-encoded', 'code=a&owner=%CB%CE%B9%AB%C3%F7', 'owner'],
    ['GBK, as plain bytes', 'owner=\xcb\xce\xb9\xab\xc3\xf7&code=a', 'owner'],
    ['a character cut in the middle', 'member=%E5%AE', 'member'],
    ['an overlong form', 'member=%C0%AF', 'member'],
    ['half of a surrogate pair', 'member=%ED%A0%80', 'member'],
    ['beyond Unicode', 'member=%F5%80%80%80', 'member'],
    ['any field, known or not', 'other=%FF&owner=a', 'other'],
    ['in a name', '%FF=a', '\ufffd'],
    ['a long name', `${'a'.repeat(100)}=%FF`, 'a'.repeat(64)],
  ])('%s', (_case, form, name) => expect(parse(form)).toBe(name))
})

it.each([
  [
    'a=1&b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'a=1&&a=2&',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
  ['a', [['a', '']]],
  ['a=b=c', [['a', 'b=c']]],
  ['a=+%2B+', [['a', ' + ']]],
  [
    'a=100%&b=%zz',
    [
      ['a', '100%'],
      ['b', '%zz'],
    ],
  ],
  ['owner=%E5%AE%8B%e5%85%ac', [['owner', '宋公']]],
  ['', []],
])('%j', (form, pairs) => expect(parse(form)).toEqual(pairs))

it('parses every UTF-8 form like URLSearchParams', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))), (pairs) => {
      expect(parse(new URLSearchParams(pairs).toString())).toEqual(pairs)
    }),
  ))
