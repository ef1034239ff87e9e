import { z } from 'zod'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { plainText } from '@/lib/plain-text'
import { robotUsername } from '@/lib/robot/robot-fields'
import { robotStatuses } from '@/lib/robot/robot-view'
import { defineContract, wechatErrors } from '@/lib/http/contract/contract'
import { robotConnections } from '@/lib/db/types'
import { cursor, nextCursor, robotDetailShape, robotShape } from '@/lib/http/contract/shapes'

/** Parameters of a call that takes only its token. */
export const noParameters = z.object({})

/** Spec: 创建微信机器人, A6 (robot). */
export const createRobot = defineContract({
  name: 'createRobot',
  dialect: 'robots',
  tag: '机器人',
  method: 'POST',
  path: '/robots',
  summary: '创建微信机器人',
  description: '同一应用内微信号已经存在时，返回原来的机器人。一个应用的机器人数量有上限（`APPLICATION_MAX_ROBOTS`）。',
  parameters: z.object({
    username: robotUsername.meta({ description: '微信号，首尾空白会去掉，不含控制字符', examples: ['weimi1001'] }),
    connection: z
      .enum(robotConnections)
      .optional()
      .meta({
        description:
          '扩展参数，可不填：机器人的连接方式，创建后不能更改。`web` 网页协议（仅模拟器）；`ilink` 微信官方的机器人私聊（微信 ClawBot）；`wecom_kf` 企业微信的微信客服；`gateway` 第三方网关（非官方）。后两种需要连接器。不填则用应用的默认值',
        examples: ['ilink'],
      }),
    connector_id: plainText({ maxLength: 64, isTrimmed: true, mayBeEmpty: true })
      .meta({
        description:
          '扩展参数，可不填：`wecom_kf`、`gateway` 使用的连接器（`cnr_…`），须已提供给这个应用；空串同不填，用应用的默认连接器',
        examples: [''],
      })
      .optional()
      .transform((id) => id || undefined),
    create_account: z
      .boolean()
      .optional()
      .meta({
        description:
          '扩展参数，可不填：仅用于 `wecom_kf`。为 true 且企业里没有叫这个名称的客服账号时，以 `username`（最多 16 个字）为名新建一个',
        examples: [false],
      }),
  }),
  data: z.object({ robot: robotShape }),
  errors: ['ILLEGAL_ACTION'],
})

/** Spec: 查询机器人状态, A6 (robot). */
export const showRobot = defineContract({
  name: 'getRobot',
  dialect: 'robots',
  tag: '机器人',
  method: 'GET',
  path: '/robots/{robot_id}',
  summary: '查询机器人状态',
  description: '返回机器人现在的状态。',
  parameters: noParameters,
  data: z.object({ robot: robotDetailShape }),
  errors: ['ROBOT_NOT_FOUND'],
})

/** Extension: the same robot with real HTTP status codes. Spec: A1 (paths), E1 (choice of connection). */
export const showRobotDetail = defineContract({
  ...showRobot,
  name: 'getRobotDetail',
  dialect: 'v1',
  path: '/v1/robots/{robot_id}',
  summary: '查询机器人及其能力',
  description: '返回机器人现在的状态、连接方式和能力；出错时使用真实的 HTTP 状态码。',
})

/** Extension: the robots of the application. Spec: A1 (paths), E1 (choice of connection). */
export const listRobots = defineContract({
  name: 'listRobots',
  dialect: 'v1',
  tag: '机器人',
  method: 'GET',
  filtersRobots: true,
  path: '/v1/robots',
  summary: '获取机器人列表',
  description:
    '返回应用的机器人及其能力，按标识排序。翻页时其他参数不变，带上 `cursor`；翻页期间创建或删除机器人，不影响其他机器人的位置。',
  parameters: z.object({
    status: z.enum(robotStatuses).optional().meta({ description: '只列出这个状态的机器人' }),
    connection: z.enum(robotConnections).optional().meta({ description: '只列出这种连接方式的机器人' }),
    q: plainText({ maxLength: 100 }).optional().meta({ description: '昵称、微信号或代理号的一部分，或完整的标识' }),
    cursor,
    limit: z.coerce.number().int().min(1).max(100).default(50).meta({ description: '每页最多多少个' }),
  }),
  data: z.object({
    robots: z.array(robotDetailShape),
    next_cursor: nextCursor,
  }),
  errors: [],
})

/** Spec: 删除机器人, A6 (robot). */
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

/** Spec: 微信登录, A7 (login). */
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
    ).superRefine((link, context) => {
      const problem = link === null ? null : findUrlProblem(link)
      if (problem) context.addIssue({ code: 'custom', message: urlProblems[problem].zh })
    }),
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

/** Spec: 退出登录, A7 (login). */
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
