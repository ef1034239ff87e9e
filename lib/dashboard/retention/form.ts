import { z } from 'zod'

/** null: as in the environment. */
const days = z.number().int().min(1).max(3650).nullable()

/** How long rows are kept, in days. */
export const retentionForm = z.object({
  messageDays: days,
  mediaDays: days,
  eventDays: days,
  responseDays: days,
  sessionChangeDays: days,
})
export type RetentionDraft = z.output<typeof retentionForm>
