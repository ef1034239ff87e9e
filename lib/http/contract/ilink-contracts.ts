import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { robotDetailShape } from '@/lib/http/contract/shapes'

/** Extension: the number that the phone shows during a login. Spec: E5 (iLink). */
export const enterLoginNumber = defineContract({
  name: 'enterLoginCode',
  dialect: 'v1',
  tag: '机器人',
  method: 'POST',
  path: '/v1/robots/{robot_id}/login/code',
  summary: '输入登录数字',
  description:
    '机器人状态为 `waiting_code` 时，提交手机上显示的数字，等到微信核对后返回，最多等待 15 秒。数字不对时可以再次提交；错误次数过多时微信更换二维码。',
  parameters: z.object({
    code: z
      .string()
      .regex(/^\d{1,12}$/, '须为 1 到 12 位数字')
      .meta({ description: '手机上显示的数字', examples: ['42'] }),
  }),
  data: z.object({ robot: robotDetailShape }),
  errors: ['ROBOT_NOT_FOUND', 'ILLEGAL_ACTION', 'SESSION_GONE', 'COMMAND_TIMEOUT'],
})

/** Extension: the people that a robot can write to. Spec: E5 (iLink). */
export const listContacts = defineContract({
  name: 'listContacts',
  dialect: 'v1',
  tag: '机器人',
  method: 'GET',
  path: '/v1/robots/{robot_id}/contacts',
  summary: '获取联系人列表',
  description:
    '返回机器人可以私聊的人，标识可作为发送消息的 `to_user`。`ilink` 只有扫码绑定的人（`is_owner`）；其他连接方式是本次登录以来私聊过机器人的人，最近的在前，最多 100 个。',
  parameters: noParameters,
  data: z.object({
    contacts: z.array(
      z
        .object({
          id: z.string().meta({ description: '联系人标识', examples: ['o9cq80xyz@im.wechat'] }),
          nickname: z.string().meta({ description: '昵称；不知道时为空', examples: [''] }),
          is_owner: z.boolean().meta({ description: '是否是扫码绑定机器人的人', examples: [true] }),
        })
        .meta({ id: 'Contact', title: '联系人' }),
    ),
  }),
  errors: ['ROBOT_NOT_FOUND'],
})
