import { makeQunAndWait } from '@/lib/gateway/make-qun-and-wait'
import { makeQunShape } from '@/lib/http/contract/qun-shapes'
import { qunRoute } from '@/lib/http/qun-route'
import { qunLink } from '@/lib/qun/qun-link'

/** Spec: 请求建群, B4. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = qunRoute({
  shape: makeQunShape,
  run: async (ctx, parameters) => {
    const qun = await makeQunAndWait(ctx, parameters)
    return { qun_create_response: { ...qunLink(ctx.env.PUBLIC_URL, qun), status: qun.status } }
  },
})
