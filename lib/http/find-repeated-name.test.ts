import { expect, it } from 'vitest'
import { findRepeatedName } from '@/lib/http/find-repeated-name'

it.each([
  ['{"a":1,"b":2,"a":3}', 'a'],
  ['{"token":"x","\\u0074oken":"y"}', 'token'],
  ['{"a":{"b":1},"c":[{"b":2}],"b":"a","b":0}', 'b'],
  ['{"a":"\\\\","a":1}', 'a'],
  ['{ "" : 1 , "" : 2 }', ''],
])('finds the name that is repeated in %s', (json, name) => {
  expect(findRepeatedName(json)).toBe(name)
})

it.each([
  '{}',
  '{"a":"a","b":"a"}',
  '{"a":{"b":1,"b":2},"c":{"a":1}}',
  '{"a":"\\",\\"a\\":1","b":"}{"}',
  '{"a":["a","a",{"a":1}],"b":"\\\\\\""}',
])('finds no repeated name in %s', (json) => {
  expect(findRepeatedName(json)).toBe(null)
})
