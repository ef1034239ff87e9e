import { fileTypeFromBuffer } from 'file-type'
import type { Agent } from 'undici'
import type { EgressPolicy } from './create-egress-policy'
import { EgressRefusedError, HostUnresolvedError, openGuardedAgent } from './open-guarded-agent'

const maxRedirects = 3
const contentTypes = new Map([
  ['png', 'image/png'],
  ['apng', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['bmp', 'image/bmp'],
])

export type FetchedImage = { ok: true; bytes: Buffer; contentType: string } | { ok: false; reason: string }

/**
 * Fetches an image link through the egress guard, following up to 3 redirects, each checked anew. Never throws: `reason` is
 * a sentence in plain Chinese. The type is read from the bytes, not from what the server says; PNG, JPEG, GIF, WebP, BMP.
 * @param timeoutMs for all of it, redirects and body included; 10 s by default.
 * @param maxBytes 10 MiB by default.
 */
export async function fetchImage(options: {
  policy: EgressPolicy
  url: string
  timeoutMs?: number
  maxBytes?: number
}): Promise<FetchedImage> {
  const { policy, url, timeoutMs = 10_000, maxBytes = 10 * 1024 * 1024 } = options
  const agent = openGuardedAgent(policy, { maxResponseSize: maxBytes })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const bytes = await download(agent, policy, url, signal)
    if (typeof bytes === 'string') return { ok: false, reason: bytes }
    const type = await fileTypeFromBuffer(bytes).catch(() => undefined)
    const contentType = contentTypes.get(type?.ext ?? '')
    return contentType ? { ok: true, bytes, contentType } : { ok: false, reason: '链接的内容不是图片' }
  } catch (error) {
    return { ok: false, reason: signal.aborted ? `${timeoutMs / 1000} 秒内没有取到图片` : describe(error, maxBytes) }
  } finally {
    await agent.destroy()
  }
}

/** The bytes, or why there are none. */
async function download(
  agent: Agent,
  policy: EgressPolicy,
  link: string,
  signal: AbortSignal,
): Promise<Buffer | string> {
  let next = link
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    if (!URL.canParse(next)) return '不是有效的链接'
    const url = new URL(next)
    const refused = policy.refuseUrl(url)
    if (refused) return refused
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'wxbot' },
      signal,
    })
    const { location } = answer.headers
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.statusCode) && typeof location === 'string'
    if (!isRedirect) {
      if (answer.statusCode !== 200) return `图片链接返回 HTTP ${answer.statusCode}`
      return Buffer.from(await answer.body.arrayBuffer())
    }
    answer.body.on('error', () => {}).destroy()
    next = URL.canParse(location, url) ? new URL(location, url).href : location
  }
  return `图片链接重定向超过 ${maxRedirects} 次`
}

function describe(error: unknown, maxBytes: number): string {
  if (error instanceof EgressRefusedError || error instanceof HostUnresolvedError) return error.message
  const { code } = error as NodeJS.ErrnoException
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return `图片超过 ${maxBytes / 1024 / 1024} MiB`
  return `图片链接无法访问（${code ?? (error as Error).name}）`
}
