import { z } from 'zod'
import { channelFields } from '@/lib/alert/channel-fields'

/** A new channel; `applicationId` "": of the installation. */
export const channelForm = z.intersection(channelFields, z.object({ applicationId: z.string().max(64) }))

/** When alerts open that are about a quantity. */
export const thresholdForm = z.object({
  waitingMinutes: z.number().int().min(1).max(1440),
  diskPercent: z.number().int().min(50).max(99),
  databaseLimitGb: z.number().int().min(1).max(1_000_000).nullable(),
})
