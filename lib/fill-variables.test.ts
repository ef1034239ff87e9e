import { expect, it } from 'vitest'
import { fillVariables } from '@/lib/fill-variables'

it('a variable is replaced in both spellings, and one without a value stays', () => {
  const values = { name: '小林', group: '' }
  expect(fillVariables('{name}、{{name}}、{{ name }}', values)).toBe('小林、小林、小林')
  expect(fillVariables('在{group}，{robot}，{}，{{}}，{"name":1}', values)).toBe('在，{robot}，{}，{{}}，{"name":1}')
  expect(fillVariables('{constructor} {__proto__} {toString}', values)).toBe('{constructor} {__proto__} {toString}')
})

it('a name cannot add variables, replacement patterns, or hidden characters to the text', () => {
  const group = '不该出现'
  expect(fillVariables('{name}', { name: '{group} $& $1 {{group}}', group })).toBe('{group} $& $1 {{group}}')
  expect(fillVariables('{name}。', { name: '小\u202e林\n\0' })).toBe('小林。')
  expect(fillVariables('{name}', { name: '😀'.repeat(500) })).toBe('😀'.repeat(64))
})
