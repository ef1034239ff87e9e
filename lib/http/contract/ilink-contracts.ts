import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
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
