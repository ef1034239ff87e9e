import { expect, it } from 'vitest'
import { auditActions } from '@/lib/audit/audit-actions'
import { quickReplyFields } from '@/lib/quick-reply/quick-reply-fields'
import { replySettingsChange } from '@/lib/reply/reply-fields'
import { ruleFields } from '@/lib/rule/rule-fields'
import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'
import { actionKey } from '@/components/audit/use-audit-text'

it.each([
  ['zh-CN', zhCN],
  ['en', en],
])('every audit action has a text, and every text has an action, in %s', (_locale, texts) => {
  expect(Object.keys(texts.audit.action).sort()).toEqual(auditActions.map(actionKey).sort())
})

it.each([
  ['zh-CN', zhCN],
  ['en', en],
])('every setting of automatic replies that an entry records has a text in %s', (_locale, texts) => {
  const recorded = [ruleFields, replySettingsChange, quickReplyFields].flatMap(({ shape }) => Object.keys(shape))
  expect(Object.keys(texts.audit.field)).toEqual(expect.arrayContaining(recorded))
})
