import type { Agent } from 'undici'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { readImage, type UsableImage, type ReceivedBytes } from '@/lib/egress/read-image'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import { EgressRefusedError, HostUnresolvedError, openGuardedAgent } from '@/lib/egress/open-guarded-agent'

const maxRedirects = 3
/**
 * Fetches an image link through the egress guard and follows up to 3 redirects, each checked again. Never throws: `sentence` is
 * the reason. The type is detected from the bytes, not from headers: PNG, JPEG, GIF and BMP are returned
 * unchanged, WebP and AVIF are converted, other types are refused.
 * @param timeoutMs for the whole fetch, including redirects and body; 10 s by default.
 * @param maxBytes 10 MiB by default.
 */
export async function fetchImage(options: {
  policy: EgressPolicy
  url: string
  timeoutMs?: number
  maxBytes?: number
}): Promise<UsableImage> {
  const { policy, url, timeoutMs = 10_000, maxBytes = 10 * 1024 * 1024 } = options
  const agent = openGuardedAgent(policy, { maxResponseSize: maxBytes })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const downloaded = await download(agent, policy, url, signal)
    if ('reason' in downloaded) return { ok: false, sentence: downloaded }
    return await readImage(downloaded, maxBytes)
  } catch (error) {
    return {
      ok: false,
      sentence: signal.aborted ? sentenceOf('image_timeout', { seconds: timeoutMs / 1000 }) : describe(error, maxBytes),
    }
  } finally {
    await agent.destroy()
  }
}

/** Returns the raw body, or a sentence that says why there is none. */
async function download(
  agent: Agent,
  policy: EgressPolicy,
  link: string,
  signal: AbortSignal,
): Promise<ReceivedBytes | Sentence> {
  let next = link
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    if (!URL.canParse(next)) return sentenceOf('url_invalid')
    const url = new URL(next)
    const refused = policy.refuseUrl(url)
    if (refused) return refused.sentence
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'wxbot' },
      signal,
    })
    const { location } = response.headers
    const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode) && typeof location === 'string'
    if (!isRedirect) {
      if (response.statusCode !== 200) return sentenceOf('image_status', { status: response.statusCode })
      const encoding = response.headers['content-encoding'] ?? ''
      return { bytes: Buffer.from(await response.body.arrayBuffer()), encoding: String(encoding) }
    }
    response.body.on('error', () => {}).destroy()
    next = URL.canParse(location, url) ? new URL(location, url).href : location
  }
  return sentenceOf('image_redirects', { count: maxRedirects })
}

function describe(error: unknown, maxBytes: number): Sentence {
  if (error instanceof EgressRefusedError || error instanceof HostUnresolvedError) return error.sentence
  const { code } = error as NodeJS.ErrnoException
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return sentenceOf('image_size', { size: maxBytes / 1024 / 1024 })
  return sentenceOf('image_unreachable', { code: code ?? (error as Error).name })
}
