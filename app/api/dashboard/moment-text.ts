import { z } from 'zod'
import { parseMoment } from '@/lib/parse-moment'

/** A moment as the wire has it: ISO 8601. */
export const momentText = z.iso.datetime({ offset: true, error: '请填写有效的时间' }).transform(parseMoment)
