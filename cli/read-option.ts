import { type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { defaultOverlapSeconds, maxOverlapSeconds } from '@/lib/application/overlap'
import { remarkText } from '@/lib/address-book/remark'
import { callbackState } from '@/lib/db/schema/callback'
import {
  alertChannelTypes,
  alertKinds,
  alertLanguages,
  callbackEventTypes,
  connectorTypes,
  operatorRoles,
  robotConnections,
  roomScopes,
  tokenScopes,
} from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { parseNetwork } from '@/lib/networks'
import { metricRanges } from '@/lib/metrics/range'
import { timeZone } from '@/lib/metrics/time-zone'
import { parseTimestamp } from '@/lib/parse-timestamp'
import { plainText, visibleName } from '@/lib/plain-text'
import { maxJoinTokenUses, personName, qunName, qunRequest } from '@/lib/qun/qun-fields'
import { maxJitterPercent, maxRatePerMinute, servicerId, welcomeText } from '@/lib/robot/robot-fields'

/** Creates a parser of an option's value; its error states what is expected. */
function reader<Output>(schema: z.ZodType<Output>, expected: string): (text: string) => Output {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError(`It must be ${expected}.`)
    return parsed.data
  }
}

const maxNumber = 1_000_000
const wholeNumber = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(maxNumber))
const eventList = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.enum(callbackEventTypes)))

export const readPersonName = reader(personName, 'a WeChat name of 1 to 64 characters')
export const readQunName = reader(qunName, '1 to 32 characters')
export const readJoinTokenUses = reader(
  wholeNumber.pipe(z.number().min(1).max(maxJoinTokenUses)),
  `a whole number from 1 to ${maxJoinTokenUses}`,
)
export const readGroupCode = reader(qunRequest.code, 'a group code in base64')
export const readName = reader(visibleName(64), '1 to 64 visible characters')
export const readRemark = reader(remarkText, 'up to 16 characters')
export const readWelcome = reader(welcomeText, 'up to 500 characters')
export const readServicer = reader(servicerId, 'a userid of WeCom: up to 64 letters, digits, _ . @ -')
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
/** Parses the id of an endpoint; null: the default endpoint. */
export const readEndpoint = (text: string): string | null => (text === 'default' ? null : text)
/** Parses a list of ids, separated by commas; "": none. */
export function readList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}
export const readAlertType = reader(z.enum(alertChannelTypes), `one of ${alertChannelTypes.join(', ')}`)
export const readLanguage = reader(z.enum(alertLanguages), alertLanguages.join(' or '))
export const readKinds = reader(
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(alertKinds)).min(1)),
  `a list, separated by commas, of: ${alertKinds.join(', ')}`,
)
export const readBoolean = reader(
  z.enum(['true', 'false']).transform((text) => text === 'true'),
  'true or false',
)
/** Appends a value of an option that can be given several times. */
function collector<Output>(read: (text: string) => Output) {
  return (text: string, previous: Output[] | undefined): Output[] => [...(previous ?? []), read(text)]
}
export const readTokenScope = collector(reader(z.enum(tokenScopes), `one of ${tokenScopes.join(', ')}`))
export const readNetwork = collector(
  reader(
    z.string().refine((text) => parseNetwork(text) !== null),
    'an address or a CIDR such as 10.0.0.0/8',
  ),
)
const listOf = <Item extends string>(item: z.ZodType<Item, string>) =>
  z.string().transform(readList).pipe(z.array(item))
export const readTokenScopes = reader(
  listOf(z.enum(tokenScopes)).refine((scopes) => scopes.length > 0),
  `a list, separated by commas, of: ${tokenScopes.join(', ')}`,
)
export const readNetworks = reader(
  listOf(z.string().refine((text) => parseNetwork(text) !== null)),
  'a list, separated by commas, of addresses or CIDRs such as 10.0.0.0/8',
)
export const readNumber = reader(wholeNumber, `a whole number from 0 to ${maxNumber}, 0 for no limit`)
export const readCursor = reader(
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  'the nextCursor of a page',
)
export const readPageSize = reader(wholeNumber.pipe(z.number().min(1).max(100)), 'a whole number from 1 to 100')
export const readRate = reader(
  wholeNumber.pipe(z.number().max(maxRatePerMinute)),
  `a whole number from 0 to ${maxRatePerMinute}, 0 for no limit`,
)
export const readPercent = reader(
  wholeNumber.pipe(z.number().max(maxJitterPercent)),
  `a whole number from 0 to ${maxJitterPercent}`,
)
/** Parses `09:00-18:00`; "": always. */
export function readHours(text: string): { from: string; to: string } | 'always' {
  if (text === '') return 'always'
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? []
  if (from === undefined || to === undefined) throw new InvalidArgumentError('It must be like 09:00-18:00.')
  return { from, to }
}
export const readDays = collector(reader(wholeNumber.pipe(z.number().min(1).max(7)), 'a number from 1 to 7'))
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
/** The expiry of a new token. */
export function readExpiry(text: string): Date {
  const expiresAt = readDate(text)
  if (expiresAt.getTime() <= Date.now()) throw new InvalidArgumentError('It must be in the future.')
  return expiresAt
}
export const readEventState = reader(z.enum(callbackState.enumValues), `one of ${callbackState.enumValues.join(', ')}`)
export const readLimit = reader(wholeNumber.pipe(z.number().min(1).max(1000)), 'a whole number from 1 to 1000')
export const readMetricRange = reader(z.enum(metricRanges), `one of ${metricRanges.join(', ')}`)
export const readTimeZone = reader(timeZone, 'a time zone such as Asia/Shanghai')
export const readReason = reader(plainText({ maxLength: 200, mayBeEmpty: true }), 'up to 200 characters')
export const readNote = reader(plainText({ maxLength: 2000, isMultiline: true }), '1 to 2000 characters')
export const readQuestion = reader(plainText({ maxLength: 2000, isMultiline: true }), '1 to 2000 characters')
export const readEmail = reader(z.email(), 'an email address')
export const readRole = reader(z.enum(operatorRoles), operatorRoles.join(' or '))

/** Adds the option of the time in which the old signing secret signs, too. */
export function withSecretOverlap(command: Command): Command {
  const help = 'time in which both secrets sign: 45s, 30m, 24h, 7d'
  return command.option('--overlap <time>', help, readDuration, defaultOverlapSeconds)
}
