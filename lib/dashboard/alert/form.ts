import { z } from 'zod'
import { channelFields } from '@/lib/alert/channel-fields'
import { thresholdFields } from '@/lib/installation/setting-fields'

/** A new channel; `applicationId` "": of the installation. */
export const channelForm = z.intersection(channelFields, z.object({ applicationId: z.string().max(64) }))

/** When alerts open that are about a quantity. */
export const thresholdForm = z.object(thresholdFields)
