import { describe, expect, it } from 'vitest'
import { urlProblems } from '@/lib/egress/find-url-problem'
import { AppError, errorOf } from '@/lib/errors'
import { contractText, sentenceOf } from '@/lib/sentence'

describe('an error', () => {
  it('an error has the Chinese sentence of its reason, with its values, as its message', () => {
    const error = new AppError('ILLEGAL_ACTION', { reason: 'robot_limit', params: { max: 3 } })
    expect(error.message).toBe('每个应用最多 3 个机器人，已经到了上限')
  })

  it('says a sentence within its sentence', () => {
    const cause = sentenceOf('address_private', { address: '10.0.0.1' })
    const error = new AppError('INVALID_PARAMETER', { reason: 'callback_url_unusable', params: { cause } })
    expect(error.message).toBe('回调地址不可用：地址 10.0.0.1 不是公网地址，不允许访问')
  })

  it('inserts a value that looks like a placeholder as it is', () => {
    expect(contractText(sentenceOf('parameter_repeated', { name: '{name} $& $1' }))).toBe('参数 {name} $& $1 重复')
  })

  it('keeps the sentence that a row has, whatever its reason says now', () => {
    expect(errorOf('INTERNAL', { reason: 'request_refused' }, { text: '原因' }).message).toBe('原因')
  })

  it('an error does not compile with a sentence, a reason of another code, or without a value of its sentence', () => {
    // @ts-expect-error: a reason, not a sentence.
    expect(() => new AppError('NOT_FOUND', '消息不存在')).toThrow()
    // @ts-expect-error: this reason belongs to NOT_FOUND.
    expect(new AppError('ILLEGAL_ACTION', { reason: 'message_not_found' }).message).toBe('消息不存在')
    // @ts-expect-error: its sentence names `max`.
    expect(new AppError('ILLEGAL_ACTION', { reason: 'robot_limit' }).message).toContain('最多  个')
    // @ts-expect-error: its sentence names `count`.
    expect(sentenceOf('queue_no_turn').reason).toBe('queue_no_turn')
  })
})

it('the rules for URLs say in a schema what their reasons say', () => {
  const problems = Object.values(urlProblems)
  expect(problems.map(({ zh }) => zh)).toEqual(problems.map(({ sentence }) => contractText(sentence)))
})
