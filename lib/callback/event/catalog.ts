import { z } from 'zod'
import { type callbackEventTypes, type CallbackEventType, handoverSources } from '@/lib/db/types'

export type EventDefinition = {
  /** Title in Chinese, for the OpenAPI document and the table in docs/callbacks.zh-CN.md. */
  summary: string
  /** When the event is sent, in Chinese, for the OpenAPI document. */
  description: string
  /** The fields of `data`. Their order is the order of the bytes that an endpoint receives. */
  data: z.ZodObject<Record<string, z.ZodType<string | null | undefined>>>
}

const robotId = z.string().meta({ description: '机器人ID', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] })
const roomId = z.string().meta({ description: '群ID', examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'] })
const roomName = z.string().meta({ description: '群名称', examples: ['微米客户群 100086'] })
const person = z.string().meta({ description: '昵称', examples: ['小林'] })
const robotStatus = z.enum(['offline', 'waiting_scan', 'waiting_code', 'waiting_confirm', 'online', 'reconnecting'])
const robotUsername = z.string().meta({ description: '微信号' })
const robotNickname = z.string().meta({ description: '微信昵称' })

const room = z.object({ robot_id: robotId, room_id: roomId, nickname: roomName })
const message = z.object({
  content: z.string().meta({ description: '消息内容；图片和文件是链接', examples: ['请问几点开门？'] }),
  robot_id: robotId,
  room_id: roomId,
  nickname: person,
})
const qun = z.object({
  robot_id: robotId,
  code: z.string().meta({ description: '群号代码，base64 编码，与请求建群时相同', examples: ['MTAwMDg2'] }),
  url: z.string().meta({ description: '入群页面的地址' }),
  owner: z.string().meta({ description: '群主的昵称', examples: ['小林'] }),
  assistant: z.string().meta({ description: '助手的微信号', examples: ['weimi1001'] }),
})

const conversation = z.object({
  robot_id: robotId,
  conversation_id: z.string().meta({ description: '会话ID', examples: ['cnv_5hTq2LmVx8RcYp0WbKzD3E'] }),
  room_id: roomId.meta({ description: '群ID；私聊为空' }),
  to_user: z.string().meta({ description: '回复时用的接收者标识' }),
  nickname: z.string().meta({ description: '对方的昵称，或群名称', examples: ['小林'] }),
})
const operatorEmail = z.string().meta({ examples: ['kefu@example.com'] })

const subscribed = '应用选择了这个事件才会通知。'

/** Every event that wxbot sends. Defines what is recorded, the bytes of `data`, the OpenAPI webhooks and the table in the docs. */
export const eventCatalog = {
  send_message: {
    summary: '通知开发者',
    description: '群里有人说话时，POST 到应用的回调地址。至少通知一次。',
    data: message.extend({
      from_user: z.string().optional().meta({ description: '说话的顾客的标识，可作为 to_user；只有微信客服有' }),
    }),
  },
  robot_status: {
    summary: '机器人状态变化',
    description: subscribed,
    data: z.object({
      robot_id: robotId,
      status: robotStatus,
      username: robotUsername,
      nickname: robotNickname,
      reason: z.string().meta({ description: '离线的原因；否则为空' }),
    }),
  },
  room_renamed: {
    summary: '群改名',
    description: subscribed,
    data: room.extend({ previous_nickname: z.string().meta({ description: '原来的群名称' }) }),
  },
  room_joined: { summary: '加入群', description: subscribed, data: room },
  room_left: { summary: '离开群', description: subscribed, data: room },
  message_sent: {
    summary: '机器人发出消息',
    description: subscribed,
    data: z.object({
      content: z.string().meta({ description: '消息内容' }),
      robot_id: robotId,
      room_id: roomId,
      to_user: z.string().meta({ description: '发给谁' }),
      message_id: z.string().meta({ description: '消息唯一标识' }),
      msg_type: z.enum(['text', 'image']),
    }),
  },
  message_failed: {
    summary: '消息没有送达',
    description: `微信接受了消息，后来没有送达。只有微信客服会这样通知。${subscribed}`,
    data: z.object({
      message_id: z.string().meta({ description: '消息唯一标识' }),
      robot_id: robotId,
      room_id: roomId,
      to_user: z.string().meta({ description: '发给谁' }),
      code: z.string().meta({ description: '错误码', examples: ['-1006'] }),
      reason: z.string().meta({ description: '没有送达的原因' }),
    }),
  },
  chat_entered: {
    summary: '顾客打开聊天',
    description: `顾客 48 小时内第一次打开与客服的聊天。只有微信客服会这样通知。${subscribed}`,
    data: z.object({
      robot_id: robotId,
      from_user: z.string().meta({ description: '顾客的标识，可用于发送消息' }),
      nickname: person,
      scene: z.string().meta({ description: '进入的场景', examples: ['wxbot'] }),
      scene_param: z.string().meta({
        description: '客服链接上附加的 `scene_param`，用于区分从哪里进来；没有则为空',
        examples: ['shop-12'],
      }),
    }),
  },
  friend_request: {
    summary: '好友申请',
    description: subscribed,
    data: z.object({
      robot_id: robotId,
      nickname: person,
      content: z.string().meta({ description: '验证信息', examples: ['我是小林'] }),
    }),
  },
  qun_created: { summary: '群已建好', description: subscribed, data: qun },
  qun_owner_arrived: { summary: '认出群主', description: subscribed, data: qun },
  qun_member_joined: {
    summary: '新成员入群',
    description: subscribed,
    data: qun.extend({ member: z.string().meta({ description: '新成员的昵称', examples: ['小王'] }) }),
  },
  qun_full: { summary: '群已满', description: subscribed, data: qun },
  qun_failed: {
    summary: '建群失败',
    description: subscribed,
    data: qun.extend({ reason: z.string().meta({ description: '微信拒绝的原因' }) }),
  },
  handover_requested: {
    summary: '请求人工',
    description: subscribed,
    data: conversation.extend({
      source: z
        .enum(handoverSources)
        .meta({ description: '由谁请求：规则、回调、模型、关键词、无人回答、操作员或接口' }),
      reason: z.string().meta({ description: '原因；没有时为空' }),
    }),
  },
  conversation_assigned: {
    summary: '会话已分配',
    description: subscribed,
    data: conversation.extend({
      operator: operatorEmail.meta({ description: '会话分配给的操作员的邮箱；放回等待时为空' }),
    }),
  },
  conversation_resolved: {
    summary: '会话已解决',
    description: subscribed,
    data: conversation.extend({ operator: operatorEmail.meta({ description: '操作员的邮箱；由接口完成时为空' }) }),
  },
  test: {
    summary: '测试事件',
    description: '在管理后台或命令行发送，只尝试一次；各个标识为空。',
    data: message,
  },
  login: {
    summary: '登录回调',
    description: '登录成功后 GET 这个地址；地址自带的参数原样保留，后面加上以下参数。',
    data: z.object({
      robot_id: z.string().meta({ description: '机器人ID' }),
      username: robotUsername,
      nickname: robotNickname,
      status: z.literal('online'),
    }),
  },
  endpoint_paused: {
    summary: '回调被暂停',
    description: '通知运维：POST 到 `ALERT_WEBHOOK_URL`，不带令牌和签名。',
    data: z.object({
      application_id: z.string().meta({ description: '应用ID' }),
      callback_url: z.string().meta({ description: '被暂停的回调地址' }),
      reason: z.enum(['gone', 'failing']).meta({ description: '`gone` 返回了 410，`failing` 连续 5 天没有成功' }),
      failing_since: z.string().nullable().meta({ description: '从何时开始失败，ISO 8601' }),
    }),
  },
} satisfies Record<CallbackEventType, EventDefinition>

/** The events that an application can subscribe to; the others are sent without a subscription. */
export type SubscribableEventType = (typeof callbackEventTypes)[number]

/** The `data` of an event of this type. */
export type EventData<Type extends CallbackEventType> = z.infer<(typeof eventCatalog)[Type]['data']>
