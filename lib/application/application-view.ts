import { applications } from '@/lib/db/schema/application'

/** What may be shown of an application: everything but its sealed secrets. */
export const applicationColumns = {
  id: applications.id,
  name: applications.name,
  callbackUrl: applications.callbackUrl,
  roomScope: applications.roomScope,
  eventTypes: applications.eventTypes,
  disabledAt: applications.disabledAt,
  createdAt: applications.createdAt,
}

export type ApplicationView = Pick<typeof applications.$inferSelect, keyof typeof applicationColumns>
