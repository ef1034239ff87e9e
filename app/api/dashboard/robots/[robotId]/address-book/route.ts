import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readAddressBook } from '@/lib/dashboard/robot/address-book'
import { addressBookQuery } from '@/lib/dashboard/robot/contact-form'

export const GET = dashboardRoute({ ids: ['robotId'], query: addressBookQuery }, ({ ctx, ids, query }) =>
  readAddressBook(ctx, ids.robotId, query),
)
