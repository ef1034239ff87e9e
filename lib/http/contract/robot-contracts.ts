import { z } from 'zod'
import { plainText } from '@/lib/plain-text'
import { robotUsername } from '@/lib/robot/robot-username'
import { defineContract, wechatErrors } from './contract'
import { robotShape } from './shapes'

/** A call that takes nothing beside its token. */
export const noParameters = z.object({})

/** Spec: 创建微信机器人, A6. */
export const createRobot = defineContract({
  name: 'createRobot',
  dialect: 'robots',
  tag: '机器人',
  method: 'POST',
  path: '/robots',
  summary: '创建微信机器人',
  description: '同一应用内微信号已经存在时，返回原来的机器人。',
  parameters: z.object({
    username: robotUsername.meta({ description: '微信号，首尾空白会去掉，不含控制字符', examples: ['weimi1001'] }),
  }),
  data: z.object({ robot: robotShape }),
  errors: [],
})

/** Spec: 查询机器人状态, A6. */
export const showRobot = defineContract({
  name: 'getRobot',
  dialect: 'robots',
  tag: '机器人',
  method: 'GET',
  path: '/robots/{robot_id}',
  summary: '查询机器人状态',
  description: '返回机器人现在的状态。',
  parameters: noParameters,
  data: z.object({ robot: robotShape }),
  errors: ['ROBOT_NOT_FOUND'],
})

/** Spec: 删除机器人, A6. */
export const removeRobot = defineContract({
  name: 'deleteRobot',
  dialect: 'robots',
  tag: '机器人',
  method: 'DELETE',
  path: '/robots/{robot_id}',
  summary: '删除机器人',
  description: '立即删除，返回的机器人状态为 `offline`；微信随后退出登录。同一微信号再次创建会得到新的标识。',
  parameters: noParameters,
  data: z.object({ robot: robotShape }),
  errors: ['ROBOT_NOT_FOUND'],
})

const optionalText = (maxLength: number, description: string, example: string) =>
  plainText({ maxLength, isTrimmed: true, mayBeEmpty: true })
    .meta({ description, examples: [example] })
    .optional()
    .transform((text) => text || null)

/** Spec: 微信登录, A7. */
export const login = defineContract({
  name: 'login',
  dialect: 'robots',
  tag: '机器人',
  method: 'POST',
  path: '/robots/{robot_id}/login',
  summary: '微信登录',
  description:
    '二维码准备好后立即返回，不等待扫码。`qrcode_url` 是一张 PNG 图片，微信更换二维码时链接不变；链接后加 `.html` 是给扫码人看的页面。' +
    '5 分钟内没有扫码则失效；期间再次调用返回同一个链接，并采用新的 `callback_url` 和 `agent_id`。',
  parameters: z.object({
    callback_url: optionalText(
      2048,
      '登录回调url，微信二维码登录成功发送GET通知这个url；可不填',
      'https://shop.example/login-done?shop=1',
    ).refine((link) => link === null || URL.canParse(link), '不是有效的链接'),
    agent_id: optionalText(64, '代理号，用于绑定群名称后6位；可不填，不填则保留原来的', '100086'),
  }),
  data: z.object({
    robot: robotShape,
    qrcode_url: z
      .url()
      .meta({ description: '微信登录二维码链接', examples: ['https://wxbot.example/qr/4kTzWq0XyB2nLr8HvJs6Ma'] }),
  }),
  errors: ['ROBOT_NOT_FOUND', 'ILLEGAL_ACTION', ...wechatErrors],
  announces: 'login',
})

/** Spec: 退出登录, A7. */
export const logout = defineContract({
  name: 'logout',
  dialect: 'robots',
  tag: '机器人',
  method: 'POST',
  path: '/robots/{robot_id}/logout',
  summary: '退出登录',
  description: '退出微信登录；正在等待扫码时取消这次登录。',
  parameters: noParameters,
  data: undefined,
  errors: ['ROBOT_NOT_FOUND', ...wechatErrors],
})
