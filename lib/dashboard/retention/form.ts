import { z } from 'zod'
import { retentionFields } from '@/lib/installation/setting-fields'

/** Days for which rows are kept; null: as in the environment. */
export const retentionForm = z.object(retentionFields)
export type RetentionDraft = z.output<typeof retentionForm>
