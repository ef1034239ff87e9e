import { z } from 'zod'
import { retentionFields } from '@/lib/installation/setting-fields'

/** How long rows are kept, in days; null: as in the environment. */
export const retentionForm = z.object(retentionFields)
export type RetentionDraft = z.output<typeof retentionForm>
