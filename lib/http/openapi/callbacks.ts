import { z } from 'zod'
import type { ZodOpenApiPathItemObject } from 'zod-openapi'
import { robotShape } from '../contract/shapes'

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

type Described = { operationId: string; summary: string; description: string; data: z.ZodRawShape }

/** One event's POST to an application's callback URL. */
function eventCallback(action: string, { data, ...described }: Described): ZodOpenApiPathItemObject {
  const token = z.string().meta({ description: '访问令牌，由平台分配', examples: ['wxbot_…'] })
  const schema = z.object({ token, action: z.literal(action), data: z.object(data) })
  return {
    post: {
      ...described,
      requestParams: { header: signatureHeaders },
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: delivered,
    },
  }
}

const robotId = z.string().meta({ description: '机器人ID', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] })
const roomId = z.string().meta({ description: '群ID', examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'] })
const roomName = z.string().meta({ description: '群名称', examples: ['微米客户群 100086'] })
const room = { robot_id: robotId, room_id: roomId, nickname: roomName }
const chosen = '应用选择了这个事件才会通知。'

/** 通知开发者: what an application's callback URL is told. Spec: A12, A13. */
export const eventCallbacks: Record<string, ZodOpenApiPathItemObject> = {
  send_message: eventCallback('send_message', {
    operationId: 'onMessage',
    summary: '通知开发者',
    description: '群里有人说话时，POST 到应用的回调地址。至少通知一次。',
    data: {
      content: z.string().meta({ description: '消息内容；图片和文件是链接', examples: ['请问几点开门？'] }),
      robot_id: robotId,
      room_id: roomId,
      nickname: z.string().meta({ description: '昵称', examples: ['小林'] }),
    },
  }),
  robot_status: eventCallback('robot_status', {
    operationId: 'onRobotStatus',
    summary: '机器人状态变化',
    description: chosen,
    data: {
      robot_id: robotId,
      ...robotShape.omit({ id: true }).shape,
      reason: z.string().meta({ description: '离线的原因；否则为空' }),
    },
  }),
  room_renamed: eventCallback('room_renamed', {
    operationId: 'onRoomRenamed',
    summary: '群改名',
    description: chosen,
    data: { ...room, previous_nickname: z.string().meta({ description: '原来的群名称' }) },
  }),
  room_joined: eventCallback('room_joined', {
    operationId: 'onRoomJoined',
    summary: '加入群',
    description: chosen,
    data: room,
  }),
  room_left: eventCallback('room_left', {
    operationId: 'onRoomLeft',
    summary: '离开群',
    description: chosen,
    data: room,
  }),
  message_sent: eventCallback('message_sent', {
    operationId: 'onMessageSent',
    summary: '机器人发出消息',
    description: chosen,
    data: {
      content: z.string().meta({ description: '消息内容' }),
      robot_id: robotId,
      room_id: roomId,
      to_user: z.string().meta({ description: '发给谁' }),
      message_id: z.string().meta({ description: '消息唯一标识' }),
      msg_type: z.enum(['text', 'image']),
    },
  }),
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
