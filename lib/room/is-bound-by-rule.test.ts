import { expect, it } from 'vitest'
import { isBoundByRule } from '@/lib/room/is-bound-by-rule'

it.each([
  ['售后群 100086', '100086', true],
  ['售后群 100086', 'agent-100086', true],
  ['售后群100086  ', '100086', true],
  ['售后群 100087', '100086', false],
  ['100086 售后群', '100086', false],
  ['群 0086', '0086', true],
  ['群 🍎🍐🍊🍋🍌🍉', '很长的🍎🍐🍊🍋🍌🍉', true],
  ['群 abcdef', 'ABCDEF', false],
  ['Cafe\u0301 group', 'Café group', true],
  ['任何群', '', false],
  ['任何群', null, false],
])('A8: the name %j with the agent_id %j is bound: %s', (name, agentId, expected) => {
  expect(isBoundByRule(name, agentId)).toBe(expected)
})
