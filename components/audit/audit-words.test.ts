import { expect, it } from 'vitest'
import { auditActions } from '@/lib/audit/audit-actions'
import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'
import { actionKey } from '@/components/audit/use-audit-text'

it.each([
  ['zh-CN', zhCN],
  ['en', en],
])('every audit action has a text, and every text has an action, in %s', (_locale, texts) => {
  expect(Object.keys(texts.audit.action).sort()).toEqual(auditActions.map(actionKey).sort())
})
