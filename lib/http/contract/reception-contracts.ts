import { z } from 'zod'
import { servicerId, welcomeText } from '@/lib/robot/robot-fields'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'

const welcome = { description: '欢迎语，最多 500 个字；空为不发', examples: ['您好，请问有什么可以帮您？'] }
const inService = {
  description: '转人工时，会话是否在企业微信里排队，由接待人员在那里接手；否则由操作员在管理后台接手',
  examples: [false],
}
const servicer = {
  description: '转人工时指定的接待人员，填企业微信的 userid；空为进入待接入池，由任一接待人员接手',
  examples: ['zhangsan'],
}
const reception = z
  .object({
    welcome_text: z.string().meta(welcome),
    handover_in_service: z.boolean().meta(inService),
    servicer_id: z.string().meta(servicer),
  })
  .meta({ id: 'Reception', title: '接待设置' })

/** Extension: how a 客服 robot receives people. Spec: E6 (WeCom customer service), F4 (handover). */
export const showReception = defineContract({
  name: 'getReception',
  dialect: 'v1',
  tag: '机器人',
  method: 'GET',
  path: '/v1/robots/{robot_id}/reception',
  summary: '查询接待设置',
  description: '返回机器人的欢迎语和转人工的方式。只有微信客服（`wecom_kf`）可以设置。',
  parameters: noParameters,
  data: z.object({ reception }),
  errors: ['ROBOT_NOT_FOUND'],
})

/** Extension: changes how a 客服 robot receives people. Spec: E6 (WeCom customer service), F4 (handover). */
export const changeReception = defineContract({
  name: 'updateReception',
  dialect: 'v1',
  tag: '机器人',
  method: 'POST',
  path: '/v1/robots/{robot_id}/reception',
  summary: '修改接待设置',
  description:
    '修改填写的设置，不填的保留。欢迎语在顾客 48 小时内第一次打开聊天时发送一次。只有微信客服（`wecom_kf`）可以设置，其他连接方式返回 -1006。',
  parameters: z.object({
    welcome_text: welcomeText.optional().meta(welcome),
    handover_in_service: z.boolean().optional().meta(inService),
    servicer_id: servicerId.optional().meta(servicer),
  }),
  data: z.object({ reception }),
  errors: ['ROBOT_NOT_FOUND', 'ILLEGAL_ACTION'],
})
