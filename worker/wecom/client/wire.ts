import type { Response } from 'undici'
import { z } from 'zod'
import { readBytes } from '@/worker/wechat/read-bytes'
import { WecomError } from '@/worker/wecom/client/wecom-error'

const wecomHost = 'https://qyapi.weixin.qq.com'
const maxJsonBytes = 8 * 1024 * 1024

const envelope = z.object({ errcode: z.number().default(0), errmsg: z.string().max(1000).catch('') })

/** Returns the URL of a call of WeCom's API; `wecomOrigin` takes the place of its host. */
export function placeUrl(path: string, wecomOrigin: string | undefined, query: Record<string, string>): URL {
  const url = new URL(`/cgi-bin/${path}`, wecomOrigin ?? wecomHost)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** Reads a response of WeCom. @throws WecomError for one that is not a JSON object, and for an `errcode` that is not 0 */
export async function readJson(response: Response, name: string): Promise<unknown> {
  if (response.status !== 200) throw new WecomError(name, 'unreadable', `HTTP ${response.status}`)
  const value: unknown = await readBytes(response, maxJsonBytes)
    .then((bytes) => JSON.parse(bytes.toString()) as unknown)
    .catch((error: unknown) => {
      // A connection that breaks within the response does not make it unreadable.
      if (error instanceof SyntaxError || error instanceof RangeError)
        throw new WecomError(name, 'unreadable', error.name)
      throw error
    })
  const parsed = envelope.safeParse(value)
  if (!parsed.success) throw new WecomError(name, 'unreadable', 'no JSON object')
  const { errcode, errmsg } = parsed.data
  if (errcode !== 0) throw new WecomError(name, 'errcode', `errcode ${errcode} ${errmsg}`.slice(0, 300), errcode)
  return value
}
