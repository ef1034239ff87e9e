import { makeQun } from '@/lib/actions/make-qun'
import { makeQunShape } from '@/lib/http/contract/qun-shapes'
import { qunRoute } from '@/lib/http/qun-route'
import { qunLink } from '@/lib/qun/qun-link'

/** Creates a merchant group, or returns the existing one. Spec: 请求建群, B4 (POST /wxbot/qun). */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = qunRoute({
  shape: makeQunShape,
  run: async (ctx, parameters) => {
    const qun = await makeQun(ctx, parameters)
    return {
      qun_create_response: {
        ...qunLink({ publicUrl: ctx.env.PUBLIC_URL, sealer: ctx.sealer }, qun),
        status: qun.status,
      },
    }
  },
})
