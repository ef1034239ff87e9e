import { describe, expect, it } from 'vitest'
import { AppError, type ErrorCode } from '../errors'
import { errorAnswer } from './dialect'

/** Each error as decisions A2 and A5 have it: its retCode, and the HTTP status under /robots. */
const table = {
  INVALID_PARAMETER: [-1005, 200],
  TOKEN_MISSING: [-1005, 200],
  TOKEN_UNKNOWN: [2000, 200],
  ROBOT_NOT_FOUND: [-1005, 200],
  NOT_FOUND: [-1005, 200],
  SESSION_GONE: [1102, 200],
  ILLEGAL_ACTION: [-1006, 200],
  TARGET_NOT_FOUND: [-1001, 200],
  IMAGE_UNUSABLE: [-1002, 200],
  WECHAT_UNREACHABLE: [-1003, 200],
  WECHAT_UNREADABLE: [-1004, 200],
  WECHAT_NO_BASE_RESPONSE: [-1000, 200],
  WECHAT_TOO_OFTEN: [1205, 200],
  WECHAT_REFUSED: [-1, 200],
  COMMAND_TIMEOUT: [1, 200],
  OUTCOME_UNKNOWN: [1, 200],
  INTERNAL: [1, 200],
  ROUTE_NOT_FOUND: [-1006, 404],
  METHOD_NOT_ALLOWED: [-1006, 405],
  BODY_TOO_LARGE: [-1005, 413],
  RATE_LIMITED: [1, 429],
} as const satisfies Partial<Record<ErrorCode, [retCode: number, status: number]>>
const tell = (dialect: 'robots' | 'v1', thrown: unknown) => {
  const { status, headers, body } = errorAnswer(dialect, thrown)
  return { status, headers, body: JSON.parse(body) as object }
}

describe.each(Object.entries(table) as [keyof typeof table, readonly [number, number]][])(
  '%s',
  (code, [retCode, status]) => {
    it(`A2, A5: is retCode ${retCode} with HTTP ${status} in a documented call`, () => {
      expect(tell('robots', new AppError(code, '出错了'))).toMatchObject({
        status,
        body: { retCode, errorMsg: '出错了' },
      })
    })

    it('A1: has the same envelope and a real HTTP status under /v1', () => {
      const told = tell('v1', new AppError(code, '出错了'))
      expect(told.body).toEqual({ retCode, errorMsg: '出错了' })
      expect(told.status).toBeGreaterThanOrEqual(400)
    })
  },
)

it('A5: what nobody foresaw is 1, and says nothing of itself', () => {
  const told = tell('robots', new Error('connect ECONNREFUSED postgres://user:secret@10.0.0.1'))
  expect(told).toMatchObject({ status: 200, body: { retCode: 1, errorMsg: '服务内部错误，请稍后重试' } })
})

it('A2: says when to come back', () => {
  expect(tell('robots', new AppError('RATE_LIMITED', '…', { retryAfterSeconds: 7 })).headers).toMatchObject({
    'Retry-After': '7',
  })
})
