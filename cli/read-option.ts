import { InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { maxOverlapSeconds } from '@/lib/application/overlap'
import { callbackState } from '@/lib/db/schema/callback'
import { callbackEventTypes, connectorTypes, operatorRoles, robotConnections, roomScopes } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { parseTimestamp } from '@/lib/parse-timestamp'
import { plainText } from '@/lib/plain-text'
import { maxJitterPercent, maxRatePerMinute } from '@/lib/robot/robot-fields'

/** Creates a parser of an option's value; its error states what is expected. */
function reader<Output>(schema: z.ZodType<Output>, expected: string): (text: string) => Output {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError(`It must be ${expected}.`)
    return parsed.data
  }
}

const wholeNumber = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(1_000_000))
const eventList = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.enum(callbackEventTypes)))

export const readName = reader(plainText({ maxLength: 64, isTrimmed: true }), '1 to 64 characters')
/** Parses a callback URL; "": none. Checks only its form: `refuseCallbackUrl` checks the egress policy. */
export function readCallbackUrl(text: string): string {
  const problem = text.trim() === '' ? null : findUrlProblem(text)
  if (problem) throw new InvalidArgumentError(`It ${urlProblems[problem].en}.`)
  return text.trim()
}
export const readScope = reader(z.enum(roomScopes), `one of ${roomScopes.join(', ')}`)
export const readConnection = reader(z.enum(robotConnections), `one of ${robotConnections.join(', ')}`)
export const readConnectorType = reader(z.enum(connectorTypes), connectorTypes.join(' or '))
/** "" = none. */
export const readDefaultConnection = reader(
  z.union([z.literal('').transform(() => null), z.enum(robotConnections)]),
  `one of ${robotConnections.join(', ')}, or empty`,
)
export const readEvents = reader(eventList, `a list, separated by commas, of: ${callbackEventTypes.join(', ')}`)
export const readBoolean = reader(
  z.enum(['true', 'false']).transform((text) => text === 'true'),
  'true or false',
)
export const readNumber = reader(wholeNumber, 'a whole number, 0 for no limit')
export const readRate = reader(
  wholeNumber.pipe(z.number().max(maxRatePerMinute)),
  `a whole number from 0 to ${maxRatePerMinute}, 0 for no limit`,
)
export const readPercent = reader(
  wholeNumber.pipe(z.number().max(maxJitterPercent)),
  `a whole number from 0 to ${maxJitterPercent}`,
)
export const readDuration = reader(
  z
    .string()
    .regex(/^\d{1,7}[smhd]?$/)
    .transform((text) => Number.parseInt(text, 10) * ({ m: 60, h: 3600, d: 86_400 }[text.slice(-1)] ?? 1))
    .pipe(z.number().max(maxOverlapSeconds)),
  'a time such as 45s, 30m, 24h or 7d, a maximum of 30 days; 0 for none',
)
export const readDate = reader(
  z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform(parseTimestamp),
  'a time such as 2026-12-31T00:00:00Z',
)
export const readEventState = reader(z.enum(callbackState.enumValues), `one of ${callbackState.enumValues.join(', ')}`)
export const readLimit = reader(wholeNumber.pipe(z.number().min(1).max(1000)), 'a whole number from 1 to 1000')
export const readEmail = reader(z.email(), 'an email address')
export const readRole = reader(z.enum(operatorRoles), operatorRoles.join(' or '))
