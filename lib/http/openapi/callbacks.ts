import { z } from 'zod'
import type { ZodOpenApiPathItemObject } from 'zod-openapi'

const signatureHeaders = z.object({
  'webhook-id': z.string().meta({ description: '通知标识，重试时不变，可用来去重' }),
  'webhook-timestamp': z.string().meta({ description: '发出时间，Unix 秒' }),
  'webhook-signature': z
    .string()
    .meta({ description: '签名，见 [Standard Webhooks](https://www.standardwebhooks.com)' }),
  'wxbot-sequence': z.string().meta({ description: '序号，同一个群内递增' }),
})

const delivered = {
  200: {
    description: 'HTTP 2xx 表示收到；正文是 JSON 且带有 `retCode` 时，它还须为 0。否则会重试。',
    content: {
      'application/json': {
        schema: z.object({
          retCode: z
            .number()
            .int()
            .meta({ description: '错误码，0代表成功，其它代表错误', examples: [0] }),
          errorMsg: z.string().meta({ description: '错误描述', examples: [''] }),
        }),
      },
    },
  },
}

/** 通知开发者: what an application's callback URL is told of each message. Spec: A12. */
export const messageCallback: ZodOpenApiPathItemObject = {
  post: {
    operationId: 'onMessage',
    summary: '通知开发者',
    description: '群里有人说话时，POST 到应用的回调地址。至少通知一次。',
    requestParams: { header: signatureHeaders },
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            token: z.string().meta({ description: '访问令牌，由平台分配', examples: ['wxbot_…'] }),
            action: z.literal('send_message'),
            data: z.object({
              content: z.string().meta({ description: '消息内容；图片和文件是链接', examples: ['请问几点开门？'] }),
              robot_id: z.string().meta({ description: '机器人ID', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] }),
              room_id: z.string().meta({ description: '群ID', examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'] }),
              nickname: z.string().meta({ description: '昵称', examples: ['小林'] }),
            }),
          }),
        },
      },
    },
    responses: delivered,
  },
}

/** 登录回调: what a login's callback_url is told once somebody has confirmed. Spec: A7. */
export const loginCallback: ZodOpenApiPathItemObject = {
  get: {
    operationId: 'onLogin',
    summary: '登录回调',
    description: '登录成功后 GET 这个地址；地址自带的参数原样保留，后面加上以下参数。',
    requestParams: {
      header: signatureHeaders,
      query: z.object({
        robot_id: z.string().meta({ description: '机器人ID' }),
        username: z.string().meta({ description: '微信号' }),
        nickname: z.string().meta({ description: '微信昵称' }),
        status: z.literal('online'),
      }),
    },
    responses: delivered,
  },
}
