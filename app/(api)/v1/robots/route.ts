import { apiRoute, operation } from '@/lib/http/api-route'
import { listRobots as contract } from '@/lib/http/contract/robot-contracts'
import { presentRobotDetail } from '@/lib/http/present-robot'
import { listRobotsAfter } from '@/lib/robot/list-robots-after'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, parameters }) => {
    const { status, connection, q: search, cursor, limit } = parameters
    const filters = { applicationId, status, connection, search }
    const { rows, nextCursor } = await listRobotsAfter(ctx.db, { ...filters, cursor, limit })
    return { robots: rows.map(presentRobotDetail), next_cursor: nextCursor }
  }),
])
