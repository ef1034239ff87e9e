import { joinQun } from '@/lib/actions/join-qun'
import { joinQunShape } from '@/lib/http/contract/qun-shapes'
import { qunRoute } from '@/lib/http/qun-route'

/** Adds a person to the group of a join token. Spec: 请求入群, B6 (POST /wxbot/qun/membership). */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = qunRoute({
  shape: joinQunShape,
  run: async (ctx, parameters) => {
    const { isInvited } = await joinQun(ctx, parameters)
    return { membership_join_response: { approved: 'ok', ...(isInvited ? { invited: true } : {}) } }
  },
})
