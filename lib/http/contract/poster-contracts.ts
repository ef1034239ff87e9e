import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'

/** Extension: the poster of a merchant group. Spec: B7 (join page). */
export const showQunPoster = defineContract({
  name: 'getQunPoster',
  dialect: 'v1',
  tag: '群',
  method: 'GET',
  path: '/v1/quns/{qun_id}/poster',
  summary: '获取商家群海报',
  description:
    '返回海报图片的链接：PNG，A4 大小（1240×1754），有群名、群主一行和入群二维码，可以下载、打印。`qun_id` 是群的标识、15 位群号，或入群链接的最后一段。海报只有入群页上人人可见的内容。服务器没有中文字体时，海报只有二维码和链接。',
  parameters: noParameters,
  filtersRobots: true,
  data: z.object({
    poster_url: z.string().meta({
      description: '海报图片的链接，得到它的人都能打开',
      examples: ['https://wxbot.example.com/weiqun/MTAwMTExMjIyMzMzNDQ0/poster'],
    }),
  }),
  errors: ['NOT_FOUND'],
})
