import { apiRoute, operation } from '@/lib/http/api-route'
import { listRobots as contract } from '@/lib/http/contract/robot-contracts'
import { presentRobotDetail } from '@/lib/http/present-robot'
import { listRobotPage } from '@/lib/robot/list-robot-page'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId, robotIds }, parameters }) => {
    const { status, connection, q: search, cursor, limit } = parameters
    const filters = { applicationId, robotIds, status, connection, search }
    const { rows, nextCursor } = await listRobotPage(ctx.db, { ...filters, cursor, limit })
    return { robots: rows.map(presentRobotDetail), next_cursor: nextCursor }
  }),
])
