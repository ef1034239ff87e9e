import { z } from 'zod'

/** null: as in the environment. */
const days = z.number().int().min(1).max(3650).nullable()

/** How long rows are kept, in days. */
export const retentionFields = {
  messageDays: days,
  mediaDays: days,
  eventDays: days,
  responseDays: days,
  sessionChangeDays: days,
}

/** When alerts open that are about a quantity. `databaseLimitGb` null: not limited. */
export const thresholdFields = {
  waitingMinutes: z.number().int().min(1).max(1440),
  diskPercent: z.number().int().min(50).max(99),
  databaseLimitGb: z.number().int().min(1).max(1_000_000).nullable(),
}
