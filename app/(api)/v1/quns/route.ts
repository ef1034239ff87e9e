import { makeQun } from '@/lib/actions/make-qun'
import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { createQun, listQuns } from '@/lib/http/contract/qun-contracts'
import { presentQun, presentQunDetail } from '@/lib/http/present-qun'
import { listQunsByCursor } from '@/lib/qun/list-quns-by-cursor'
import { newGroupCode } from '@/lib/qun/new-group-code'
import { qunLink } from '@/lib/qun/qun-link'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listQuns, async ({ ctx, caller, parameters }) => {
    const { robot_id: robotId, q: search, ...page } = parameters
    if (robotId !== undefined) await getRobotOrThrow(ctx.db, { applicationId: caller.applicationId, robotId })
    const { rows, nextCursor } = await listQunsByCursor(ctx.db, { scope: caller, robotId, search, ...page })
    return { quns: rows.map((qun) => presentQun(ctx, qun)), next_cursor: nextCursor }
  }),
  operation(createQun, async ({ ctx, caller, who, parameters }) => {
    const { code = newGroupCode(), owner, assistant, name } = parameters
    // A group that exists must return its generated code and the link of its owner, also after a refusal.
    const request = { code, owner, assistant, name, scope: caller, failsOnRefusal: false }
    const qun = await makeQun(ctx, request, (tx, qunId) =>
      recordAudit(tx, { ...who, action: 'qun.create', targetId: qunId, detail: { owner, assistant } }),
    )
    const { owner_url } = qunLink({ publicUrl: ctx.env.PUBLIC_URL, sealer: ctx.sealer }, qun)
    return { qun: await presentQunDetail(ctx, qun), created: qun.isNew, code, owner_url }
  }),
])
