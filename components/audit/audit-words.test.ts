import { expect, it } from 'vitest'
import { auditActions } from '@/lib/audit/audit-actions'
import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'
import { actionKey } from './use-audit-text'

it.each([
  ['zh-CN', zhCN],
  ['en', en],
])('every action that can be recorded has its words, and no other, in %s', (_locale, texts) => {
  expect(Object.keys(texts.audit.action).sort()).toEqual(auditActions.map(actionKey).sort())
})
