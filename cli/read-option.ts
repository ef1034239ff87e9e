import { InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { maxOverlapSeconds } from '@/lib/application/overlap'
import { callbackEventTypes, operatorRoles, roomScopes } from '@/lib/db/types'
import { parseMoment } from '@/lib/parse-moment'
import { plainText } from '@/lib/plain-text'
import { maxJitterPercent, maxRatePerMinute } from '@/lib/robot/pace-limits'

/** Makes a reader of one option's value that refuses it in plain words. */
function reader<Output>(schema: z.ZodType<Output>, expected: string): (text: string) => Output {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError(`It must be ${expected}.`)
    return parsed.data
  }
}

const wholeNumber = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(1_000_000))
const webAddress = z.url({ protocol: /^https?$/ }).max(2048)
const eventList = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.enum(callbackEventTypes)))

export const readName = reader(plainText({ maxLength: 64, isTrimmed: true }), '1 to 64 characters')
/** "" = none. Which addresses may be reached is decided at each delivery. */
export const readCallbackUrl = reader(
  z.union([z.literal(''), webAddress]),
  'an http:// or https:// URL, or empty for none',
)
export const readScope = reader(z.enum(roomScopes), `one of ${roomScopes.join(', ')}`)
export const readEvents = reader(eventList, `a list, separated by commas, of ${callbackEventTypes.join(', ')}`)
export const readBoolean = reader(
  z.enum(['true', 'false']).transform((text) => text === 'true'),
  'true or false',
)
export const readNumber = reader(wholeNumber, 'a whole number, 0 for no limit')
export const readRate = reader(
  wholeNumber.pipe(z.number().max(maxRatePerMinute)),
  `a whole number, at most ${maxRatePerMinute}, 0 for no limit`,
)
export const readPercent = reader(
  wholeNumber.pipe(z.number().max(maxJitterPercent)),
  `a whole number, 0 to ${maxJitterPercent}`,
)
export const readDuration = reader(
  z
    .string()
    .regex(/^\d{1,7}[smhd]?$/)
    .transform((text) => Number.parseInt(text, 10) * ({ m: 60, h: 3600, d: 86_400 }[text.slice(-1)] ?? 1))
    .pipe(z.number().max(maxOverlapSeconds)),
  'a time such as 45s, 30m, 24h or 7d, 30 days at most; 0 for none',
)
export const readDate = reader(
  z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform(parseMoment),
  'a time such as 2026-12-31T00:00:00Z',
)
export const readEmail = reader(z.email(), 'an email address')
export const readRole = reader(z.enum(operatorRoles), operatorRoles.join(' or '))
