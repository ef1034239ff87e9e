import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { joinedQunShape, joinQunShape, madeQunShape, makeQunShape } from '@/lib/http/contract/qun-shapes'

const joinUrl = z.url().meta({ description: '客户群不能代为加入：本人打开这个链接扫码入群（只在 1006 时）' })

/** Meaning of each HTTP status of the qun API, with its codes. Spec: B1 (responses and errors). */
const failures: Record<number, { codes: number[]; description: string }> = {
  400: { codes: [1001], description: '缺少必须的参数或参数值无效' },
  403: { codes: [1008], description: '不是专网' },
  404: {
    codes: [1002, 1004, 1005],
    description: '1002 助手不存在；1004 入群令牌不存在；1005 群员不在通讯录里，或有多个同名',
  },
  405: { codes: [1001], description: '只支持 POST' },
  409: {
    codes: [1001, 1006],
    description: '1001 群号代码已用于其他群主或助手；1006 群已满、已关闭、暂停加人或还没有建好',
  },
  410: { codes: [1004], description: '入群令牌已过期、用完或更换' },
  413: { codes: [1001], description: '请求正文超过 1 MiB' },
  429: { codes: [1009], description: '太频繁，`Retry-After` 秒后再试' },
  500: { codes: [1000], description: '系统内部错误' },
  502: { codes: [1007], description: '微信拒绝；已记录，重复请求会再试' },
  503: { codes: [1000, 1003], description: '1003 助手没有建群好友或不在线；1000 处理超时' },
}

/** The two calls of the qun API, without envelope and token (专网使用). */
export const qunOperations: ZodOpenApiPathsObject = {
  '/wxbot/qun': {
    post: describe({
      operationId: 'makeQun',
      summary: '请求建群',
      description:
        '助手在线且通讯录里恰有一位群主昵称时立即建群；否则记录下来，等助手上线，或群主加好友时带来群号代码。',
      request: makeQunShape,
      response: madeQunShape,
    }),
  },
  '/wxbot/qun/membership': {
    post: describe({
      operationId: 'joinQun',
      summary: '请求入群',
      description: '把助手通讯录里的一位联系人拉进群，微信接受后返回。',
      request: joinQunShape,
      response: joinedQunShape,
    }),
  },
}

function describe(call: {
  operationId: string
  summary: string
  description: string
  request: z.ZodObject
  response: z.ZodObject
}): ZodOpenApiOperationObject {
  const { operationId, summary, description, request, response } = call
  const errors = Object.entries(failures).map(([status, { codes, description: meaning }]) => {
    const error = z.object({
      code: z.literal(codes).meta({ type: 'integer' }),
      message: z.string().min(1),
      join_url: joinUrl.optional(),
    })
    return [status, { description: meaning, content: { 'application/json': { schema: z.object({ error }) } } }] as const
  })
  return {
    operationId,
    summary,
    tags: ['群'],
    description: `${description}专网使用，不需要访问令牌。`,
    security: [{}],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: request }, 'application/x-www-form-urlencoded': { schema: request } },
    },
    responses: {
      200: { description: '成功', content: { 'application/json': { schema: response } } },
      ...Object.fromEntries(errors),
    },
  }
}
