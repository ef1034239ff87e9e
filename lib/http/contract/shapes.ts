import { z } from 'zod'
import { allConnections, replySources } from '@/lib/db/types'
import { messageDirection, messageState, messageType } from '@/lib/db/schema/message'

const statusWords = [
  '`offline` 离线',
  '`waiting_scan` 等待扫码',
  '`waiting_code` 等待输入手机上显示的数字（仅 `ilink`）',
  '`waiting_confirm` 已扫码，等待在手机上确认',
  '`online` 在线',
  '`reconnecting` 重连中',
]

/** Spec: A6 (robot). */
export const robotShape = z
  .object({
    id: z.string().meta({ description: '机器人唯一标识', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] }),
    status: z
      .enum(['offline', 'waiting_scan', 'waiting_code', 'waiting_confirm', 'online', 'reconnecting'])
      .meta({ description: `状态：${statusWords.join('、')}`, examples: ['online'] }),
    username: z.string().meta({ description: '微信号', examples: ['weimi1001'] }),
    nickname: z.string().meta({ description: '微信昵称；首次登录之前为空', examples: ['微米助手'] }),
  })
  .meta({ id: 'Robot', title: '机器人' })

const capability = (description: string, example: boolean) => z.boolean().meta({ description, examples: [example] })

/** Spec: E3 (capabilities). */
const capabilitiesShape = z
  .object({
    login: z.enum(['qr', 'none']).meta({ description: '登录方式：`qr` 扫码，`none` 无需登录', examples: ['qr'] }),
    rooms: capability('微信群', true),
    direct: capability('私聊', true),
    image: capability('图片', true),
    file: capability('发送文件', true),
    handover: capability('转人工', false),
    logout: capability('退出登录', true),
    verify_code: capability('登录时可能要求输入手机上显示的数字', false),
    make_room: capability('建群', true),
    add_member: capability('拉人入群', true),
    invite_member: capability('邀请入群', true),
    join_qr: capability('入群二维码', false),
    friend_requests: capability('好友请求', true),
    reply_window: z
      .object({ hours: z.number().int(), count: z.number().int() })
      .nullable()
      .meta({ description: '对方发来消息后，多少小时内可以回复多少条；null 表示没有限制', examples: [null] }),
  })
  .meta({ id: 'Capabilities', title: '连接方式的能力' })

/** `connection` and `capabilities` are extensions. Spec: A6 (robot), E1 (choice of connection). */
export const robotDetailShape = robotShape
  .extend({
    connection: z.enum(allConnections).meta({ description: '连接方式', examples: ['web'] }),
    capabilities: capabilitiesShape,
    contact_url: z
      .string()
      .optional()
      .meta({
        description: '任何人打开后即可与机器人对话的链接，可做成二维码；只有微信客服有',
        examples: ['https://work.weixin.qq.com/kfid/kfc'],
      }),
    contact_qr: z
      .string()
      .optional()
      .meta({
        description: '这个链接的二维码，PNG 的 data URL，可打印；只有微信客服有，只由 `GET /v1/robots/{robot_id}` 返回',
        examples: ['data:image/png;base64,iVBORw0KGgo='],
      }),
  })
  .meta({ id: 'RobotDetail', title: '机器人及其能力' })

const roomId = z
  .string()
  .meta({ description: '微信群唯一标识，重新登录后不变', examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'] })
const roomNickname = z.string().meta({ description: '微信群备注', examples: ['微米客户群 100086'] })

/** Spec: A9 (durable room ids). */
export const roomShape = z.object({ id: roomId, nickname: roomNickname }).meta({ id: 'Room', title: '微信群' })

/** Spec: A8 (binding by agent_id); `id` is an extension. */
export const boundRoomShape = z
  .object({
    username: z.string().meta({ description: '微信群标识，以@@开头，每次登录会变', examples: ['@@7d1f0c2a94be'] }),
    nickname: roomNickname,
    id: roomId,
  })
  .meta({ id: 'BoundRoom', title: '绑定的微信群' })

const stateWords = [
  '`queued` 等待发送',
  '`sending` 正在发送',
  '`sent` 微信已接受',
  '`refused` 微信拒绝',
  '`unknown` 已发出但没有收到响应，不会重发',
  '`cancelled` 未发送，已取消',
  '`received` 收到的消息',
]

const cause = (description: string, example: string | null) =>
  z
    .string()
    .nullable()
    .meta({ description, examples: [example] })

/** Spec: F3 (when nothing replies). */
const messageReplyShape = z
  .object({
    source: z.enum(replySources).meta({
      description: '`rule` 规则、`callback` 回调的响应、`model` 模型、`operator` 操作员、`welcome` 欢迎语',
      examples: ['rule'],
    }),
    rule_id: cause('回复的规则', 'rul_8dKq2LmVx8RcYp0WbKzD3E'),
    rule_name: cause('规则当时的名称', '运费'),
    event_id: cause('响应里带有回复的回调事件', null),
    model: cause('回答的模型', null),
    articles: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .meta({ description: '模型引用的文章', examples: [[]] }),
    message_id: cause('回复的是哪条收到的消息', 'msg_5uG1nRk8Wj3BfQx7TzLpY0'),
  })
  .meta({ id: 'MessageReply', title: '回复的来源' })

/** Spec: A11 (send). */
export const messageShape = z
  .object({
    id: z.string().meta({ description: '消息唯一标识', examples: ['msg_5uG1nRk8Wj3BfQx7TzLpY0'] }),
    direction: z.enum(messageDirection.enumValues).meta({ description: '`out` 发出，`in` 收到', examples: ['out'] }),
    msg_type: z.enum(messageType.enumValues).meta({ description: '类型', examples: ['text'] }),
    state: z.enum(messageState.enumValues).meta({ description: `状态：${stateWords.join('、')}`, examples: ['sent'] }),
    room_id: z
      .string()
      .nullable()
      .meta({ description: '群ID；不在群里时为 null', examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'] }),
    nickname: z.string().meta({ description: '说话人在群里的昵称；发出的消息为空', examples: [''] }),
    content: z.string().meta({ description: '消息内容', examples: ['大家好'] }),
    reply: messageReplyShape.nullable().meta({ description: '由什么回复、为什么；收到的消息和接口发送的消息为 null' }),
    error_msg: z.string().meta({ description: '没有发出的原因；否则为空', examples: [''] }),
    created_at: z.iso.datetime().meta({ description: '接受时间', examples: ['2026-11-21T08:00:00.000Z'] }),
    finished_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: '结束时间；未结束时为 null', examples: ['2026-11-21T08:00:01.250Z'] }),
  })
  .meta({ id: 'Message', title: '消息' })

/** A message in a list that is not about one room or person. */
export const listedMessageShape = messageShape
  .extend({
    to_user: z.string().meta({
      description: '群ID，或对方的标识；可作为发送消息的 `to_user`',
      examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'],
    }),
  })
  .meta({ id: 'ListedMessage', title: '列表中的消息' })

/** Items of a page. */
export const pageSize = z.coerce.number().int().min(1).max(100).default(50).meta({ description: '每页最多多少条' })

/** Where the next page of messages begins. */
export const sequenceCursor = z.coerce
  .number()
  .int()
  .positive()
  .optional()
  .meta({ description: '上一页返回的 `next_cursor`' })

/** Where the next page of a list begins. Postgres rejects NUL in a text; with a replacement character the cursor is simply unknown. */
export const cursor = z
  .string()
  .min(1)
  .max(100)
  .transform((text) => text.replaceAll('\0', '\ufffd'))
  .optional()
  .meta({ description: '上一页返回的 `next_cursor`' })

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: '下一页的 `cursor`；没有下一页时为 null', examples: [null] })
