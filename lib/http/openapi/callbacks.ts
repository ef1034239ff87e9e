import { z } from 'zod'
import type { ZodOpenApiPathItemObject } from 'zod-openapi'
import { eventCatalog } from '@/lib/callback/event/catalog'
import { type CallbackEventType, sentEventTypes } from '@/lib/db/types'
import { robotShape } from '@/lib/http/contract/shapes'

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

/** `message_sent` → `onMessageSent`. */
function operationIdOf(type: CallbackEventType): string {
  if (type === 'send_message') return 'onMessage'
  return `on${type.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase())}`
}

/** The POST of one event to an application's callback URL. */
function eventCallback(type: Exclude<CallbackEventType, 'login' | 'endpoint_paused'>): ZodOpenApiPathItemObject {
  const { summary, description, data } = eventCatalog[type]
  const token = z.string().meta({ description: '访问令牌，由平台分配', examples: ['wxbot_…'] })
  // The same words as in the responses of the robots API; the order of the fields stays the catalog's.
  const documented = type === 'robot_status' ? data.extend(robotShape.omit({ id: true }).shape) : data
  const schema = z.object({ token, action: z.literal(type), data: documented })
  return {
    post: {
      operationId: operationIdOf(type),
      summary,
      description,
      requestParams: { header: signatureHeaders },
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: delivered,
    },
  }
}

/** 通知开发者: the events that an application's callback URL receives. Spec: A12 (callbacks), A13 (events). */
export const eventCallbacks: Record<string, ZodOpenApiPathItemObject> = Object.fromEntries(
  sentEventTypes.flatMap((type) =>
    type === 'login' || type === 'endpoint_paused' ? [] : [[type, eventCallback(type)] as const],
  ),
)

/** The alert that operators receive at `ALERT_WEBHOOK_URL`, without a token and a signature. Spec: A12 (callbacks). */
const alertCallback: ZodOpenApiPathItemObject = {
  post: {
    operationId: operationIdOf('endpoint_paused'),
    summary: eventCatalog.endpoint_paused.summary,
    description: eventCatalog.endpoint_paused.description,
    requestParams: { header: signatureHeaders.pick({ 'webhook-id': true }) },
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ action: z.literal('endpoint_paused'), data: eventCatalog.endpoint_paused.data }),
        },
      },
    },
    responses: delivered,
  },
}

/** Every event that wxbot POSTs. */
export const webhooks = { ...eventCallbacks, endpoint_paused: alertCallback }

/** 登录回调: the GET that a login's `callback_url` receives once the login is confirmed. Spec: A7 (login). */
export const loginCallback: ZodOpenApiPathItemObject = {
  get: {
    operationId: operationIdOf('login'),
    summary: eventCatalog.login.summary,
    description: eventCatalog.login.description,
    requestParams: { header: signatureHeaders, query: eventCatalog.login.data },
    responses: delivered,
  },
}
