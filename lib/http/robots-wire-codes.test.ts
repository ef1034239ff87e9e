import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '@/lib/error-codes'
import { AppError, errorOf } from '@/lib/errors'
import { renderError } from '@/lib/http/dialect'

/** The documented retCode of each error and its HTTP status under /robots. Spec: A2 (HTTP status and envelope), A5 (return codes). */
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
const render = (dialect: 'robots' | 'v1', thrown: unknown) => {
  const { status, headers, body } = renderError(dialect, thrown)
  return { status, headers, body: JSON.parse(body) as object }
}

describe.each(Object.entries(table) as [keyof typeof table, readonly [number, number]][])(
  '%s',
  (code, [retCode, status]) => {
    it(`${code} has retCode ${retCode} and HTTP ${status} in a documented call (A2, A5)`, () => {
      expect(render('robots', errorOf(code, { reason: 'internal' }, { text: '出错了' }))).toMatchObject({
        status,
        body: { retCode, errorMsg: '出错了' },
      })
    })

    it(`${code} has the same envelope and its HTTP status under /v1 (A1)`, () => {
      const response = render('v1', errorOf(code, { reason: 'internal' }, { text: '出错了' }))
      expect(response.body).toEqual({ retCode, errorMsg: '出错了' })
      expect(response.status).toBeGreaterThanOrEqual(400)
    })
  },
)

it('an unexpected error has retCode 1 and reveals no details (A5)', () => {
  const response = render('robots', new Error('connect ECONNREFUSED postgres://user:secret@10.0.0.1'))
  expect(response).toMatchObject({ status: 200, body: { retCode: 1, errorMsg: '服务内部错误，请稍后重试' } })
})

it('RATE_LIMITED sets Retry-After (A2)', () => {
  expect(
    render('robots', new AppError('RATE_LIMITED', { reason: 'server_busy', retryAfterSeconds: 7 })).headers,
  ).toMatchObject({
    'Retry-After': '7',
  })
})
