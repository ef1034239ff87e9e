import { isIP } from 'node:net'
import { z } from 'zod'
import { isHostname, parseNetwork } from '@/lib/networks'
import type { EncryptionKey } from '@/lib/secret'

const randomKeyHint = 'openssl rand -base64 32'
const sampleSecret = /change.?me|sample|example|secret|password|^(.)\1*$/i

/** Rule: a whole number in decimal digits. */
export function wholeNumber(minimum: number, maximum: number, fallback: number) {
  return z
    .string()
    .superRefine((text, context) => {
      const isInRange = /^\d{1,9}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum
      if (!isInRange) context.addIssue(`must be a whole number from ${minimum} to ${maximum}, ${actualValue(text)}`)
    })
    .transform(Number)
    .default(fallback)
}

/** Rule: a number from 0 to 1. */
export function share(fallback: number) {
  return z
    .string()
    .superRefine((text, context) => {
      const isShare = /^(?:0|1|0?\.\d{1,9}|1\.0+)$/.test(text)
      if (!isShare) context.addIssue(`must be a number from 0 to 1, such as 0.1, ${actualValue(text)}`)
    })
    .transform(Number)
    .default(fallback)
}

export const port = (fallback: number) => wholeNumber(1, 65_535, fallback)
export const days = (fallback: number) => wholeNumber(1, 3650, fallback)

export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: ({ input }) => `must be one of ${words.join(', ')}, ${actualValue(String(input))}` })
}

/** Rule: items separated by commas; an unset or empty variable is an empty list. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )

export const numberList = list
  .superRefine((items, context) => {
    for (const item of items)
      if (!/^\d{1,9}$/.test(item)) context.addIssue(`must be whole numbers separated by commas, ${actualValue(item)}`)
  })
  .transform((items) => items.map(Number))

/** Rule: a list of CIDRs and addresses, and of host names where `hosts` allows them; every wrong item is named. */
export function networkList({ hosts }: { hosts: boolean }) {
  const expected = hosts ? 'a CIDR (10.0.0.0/8), an address or a host name' : 'a CIDR (10.0.0.0/8) or an address'
  return list.superRefine((items, context) => {
    for (const item of items) {
      if (parseNetwork(item) || (hosts && isHostname(item))) continue
      context.addIssue(`${JSON.stringify(item)} is not ${expected}${networkHint(item)}`)
    }
  })
}

function networkHint(item: string): string {
  if (/[，、;；\s]/.test(item)) return '; separate items with "," (a comma)'
  if (item.includes('://')) return '; leave out the scheme and the path'
  const [address = '', prefix] = item.split('/')
  if (isIP(address) && prefix !== undefined) return `; the number after "/" is 0 to ${isIP(address) === 6 ? 128 : 32}`
  return ''
}

/** Rule: an address to listen on, or a host name. */
export const listenHost = z.string().superRefine((text, context) => {
  if (!isIP(text) && !isHostname(text))
    context.addIssue(`must be an address of this machine, such as 127.0.0.1 or 0.0.0.0, ${actualValue(text)}`)
})

/** Rule: scheme, host and port of a web server only; a trailing slash is removed. */
export const webOrigin = z.string().transform((text, context) => {
  const url = parseUrl(text, ['http:', 'https:'])
  if (!url) {
    context.addIssue(`must be an http:// or https:// URL, such as https://wxbot.example.com${blankHint(text)}`)
    return z.NEVER
  }
  for (const problem of extraParts(url)) context.addIssue(problem)
  return url.origin
})

function extraParts(url: URL): string[] {
  return [
    url.username || url.password ? 'must not contain a user name or a password' : '',
    /[^/]/.test(url.pathname) ? `must not have a path: wxbot is served at the root of its host (${url.origin})` : '',
    url.search || url.href.includes('?') ? 'must not have a query (?…)' : '',
    url.hash || url.href.includes('#') ? 'must not have a fragment (#…)' : '',
  ].filter(Boolean)
}

/** Rule: a URL that receives POST requests. */
export const webhookUrl = z.string().superRefine((text, context) => {
  const url = parseUrl(text, ['http:', 'https:'])
  if (!url) context.addIssue(`must be an http:// or https:// URL${blankHint(text)}`)
  else if (url.username || url.password) context.addIssue('must not contain a user name or a password')
})

/** Rule: the address of a database server. Its parts are never repeated in a message, because one of them is a password. */
export function serverUrl(...schemes: string[]) {
  const form = `${schemes[0]}://user:password@host:port/name`
  return z.string().superRefine((text, context) => {
    const problem = serverUrlProblem(text, schemes)
    if (problem) context.addIssue(`${problem} (${form})`)
  })
}

const percentHint =
  'percent-encode special characters in the user name and the password: @ is %40, # is %23, % is %25, / is %2F, ? is %3F, : is %3A'

function serverUrlProblem(text: string, schemes: string[]): string | null {
  if (text !== text.trim()) return `must be a ${schemes[0]}:// URL${blankHint(text)}`
  if (!schemes.some((scheme) => text.startsWith(`${scheme}://`))) return `must be a ${schemes.join(':// or ')}:// URL`
  const [authority = ''] = text.slice(text.indexOf('://') + 3).split(/[/?#]/)
  const isAmbiguous = text.includes('#') || authority.split('@').length > 2 || !isDecodable(text)
  if (isAmbiguous || !URL.canParse(text) || (text.includes('@') && !authority.includes('@')))
    return `cannot be read; ${percentHint}`
  if (schemes[0] === 'redis' && !/^\/?\d*$/.test(new URL(text).pathname))
    return 'must end with the number of a Redis database, or with the port'
  return null
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/** Rule: keys of the sealer, `id:key[,id:key]`. */
export const encryptionKeys = z.string().transform((text, context): EncryptionKey[] => {
  const keys = text.split(',').map((entry) => {
    const [id = '', encoded = ''] = entry.trim().split(/:(.*)/s)
    const key = Buffer.from(encoded, 'base64')
    if (!/^\w+$/.test(id) || key.length !== 32)
      context.addIssue(`must be id:key[,id:key], each key 32 bytes in base64 (${randomKeyHint})`)
    else if (new Set(key).size < 8) context.addIssue(`looks like a sample; make a random key: ${randomKeyHint}`)
    return { id, key }
  })
  const ids = keys.map(({ id }) => id)
  const twin = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twin) context.addIssue(`has two keys with the id ${twin}`)
  return keys
})

/** Rule: a random text that signs sessions. */
export const signingSecret = z.string().superRefine((text, context) => {
  if (text.length < 32) context.addIssue(`must have at least 32 characters (${randomKeyHint})`)
  else if (sampleSecret.test(text)) context.addIssue(`looks like a sample; make a random one: ${randomKeyHint}`)
})

export const atLeast = (minimum: number) => z.string().min(minimum, `must have at least ${minimum} characters`)

function parseUrl(text: string, protocols: string[]): URL | null {
  if (text !== text.trim() || !URL.canParse(text)) return null
  const url = new URL(text)
  return protocols.includes(url.protocol) && url.hostname ? url : null
}

function actualValue(text: string): string {
  return `not ${JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)}${blankHint(text)}`
}

function blankHint(text: string): string {
  return text === text.trim() ? '' : ' (remove the surrounding whitespace)'
}
