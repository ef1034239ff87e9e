import { listAlerts } from '@/lib/alert/list-alerts'
import { apiRoute, operation } from '@/lib/http/api-route'
import { listAlerts as listContract } from '@/lib/http/contract/alert-contracts'
import { presentAlert } from '@/lib/http/present-alert'

/** Alerts that a call returns. */
const limit = 100

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listContract, async ({ ctx, caller: { applicationId } }) => ({
    alerts: (await listAlerts(ctx.db, { applicationId, limit })).map(presentAlert),
  })),
])
