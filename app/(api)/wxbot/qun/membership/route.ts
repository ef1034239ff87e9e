import { joinQunAndWait } from '@/lib/gateway/join-qun-and-wait'
import { joinQunShape } from '@/lib/http/contract/qun-shapes'
import { qunRoute } from '@/lib/http/qun-route'

/** Spec: 请求入群, B6. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = qunRoute({
  shape: joinQunShape,
  run: async (ctx, parameters) => {
    const { isInvited } = await joinQunAndWait(ctx, parameters)
    return { membership_join_response: { approved: 'ok', ...(isInvited ? { invited: true } : {}) } }
  },
})
