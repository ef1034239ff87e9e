import { choicesQuery, readChoices } from '@/lib/dashboard/application/choices'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute(
  { ids: ['applicationId'], query: choicesQuery },
  ({ ctx, ids: { applicationId }, query }) => readChoices(ctx, applicationId, query),
)
