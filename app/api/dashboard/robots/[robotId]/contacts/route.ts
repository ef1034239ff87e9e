import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { addressBookQuery } from '@/lib/dashboard/robot/contact-form'
import { readContacts } from '@/lib/dashboard/robot/contacts'

export const GET = dashboardRoute({ ids: ['robotId'], query: addressBookQuery }, ({ ctx, ids, query }) =>
  readContacts(ctx, ids.robotId, query),
)
