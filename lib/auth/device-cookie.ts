import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Env } from '@/lib/env'
import { newKey } from '@/lib/id'

type Context = { env: Pick<Env, 'AUTH_SECRET' | 'PUBLIC_URL'> }

/** The maximum that browsers accept: 400 days. */
const maxAgeSeconds = 400 * 86_400

/** Returns the device id in the browser's signed cookie; null: never signed in, or an invalid signature. */
export function readDeviceId({ env }: Context, headers: Headers): string | null {
  const [id = '', mac = ''] = (readCookies(headers)[cookieName(env)] ?? '').split('.')
  const [expected, actual] = [Buffer.from(macOf(env, id)), Buffer.from(mac)]
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? id : null
}

export function newDeviceId(): string {
  return newKey()
}

/**
 * Returns the `Set-Cookie` value that identifies a browser, so that failed sign-ins of other browsers at the same IP address cannot lock its
 * operator out. Spec: D1 (sign-in and sessions).
 */
export function deviceCookie({ env }: Context, deviceId: string): string {
  const secure = env.PUBLIC_URL.startsWith('https://') ? '; Secure' : ''
  const value = `${deviceId}.${macOf(env, deviceId)}`
  return `${cookieName(env)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}

function cookieName({ PUBLIC_URL }: Context['env']): string {
  return PUBLIC_URL.startsWith('https://') ? '__Host-wxbot-device' : 'wxbot-device'
}

function macOf({ AUTH_SECRET }: Context['env'], deviceId: string): string {
  return createHmac('sha256', AUTH_SECRET).update(`device ${deviceId}`).digest('base64url')
}

export function readCookies(headers: Headers): Record<string, string> {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split(/=(.*)/s))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
}
