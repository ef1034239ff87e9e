import { askForCode, pollLogin } from './ask-scripts'
import { useHost, type Line } from './line'
import { backoffMs, pause } from './pause'
import { initAnswer } from './raw-shapes'
import { offlineReasonOfError, SessionOver, toLoginFailure, WechatCallError } from './wechat-errors'
import { readRedirectHost } from './wechat-hosts'

/** Whoever opened the line gives up earlier; this only keeps a forgotten one from asking for ever. */
const longestMs = 15 * 60_000
const shortestPollMs = 500
/** One or two failures in a row are a hiccup. */
const failuresToTell = 3

/**
 * Shows codes until one is scanned and confirmed, and opens the session. Paced: a server that is away or that refuses is asked again
 * after a pause. @throws SessionOver when WeChat refuses this account, or after 15 minutes
 */
export async function logIn(line: Line): Promise<void> {
  const startedAt = performance.now()
  for (let failures = 0; !line.signal.aborted;) {
    if (performance.now() - startedAt > longestMs) throw new SessionOver('expired')
    try {
      const redirectUri = await showCode(line)
      failures = 0
      if (redirectUri && (await enter(line, redirectUri))) return
      await pause(1_000, line.signal)
    } catch (error) {
      if (offlineReasonOfError(error)) throw error
      if (!line.signal.aborted) line.log.warn({ err: error }, 'a login attempt failed, another follows')
      const failure = failures + 1 >= failuresToTell ? toLoginFailure(error) : null
      if (failure) await line.events.hand([{ type: 'code_failed', ...failure }], null)
      await pause(backoffMs(++failures, 1_000, 15_000), line.signal)
    }
  }
}

/** Shows one code for as long as it lives; resolves with where a confirmed login goes on, or null for a code that is used up. */
async function showCode({ client, events, signal }: Line): Promise<string | null> {
  const uuid = await askForCode(client)
  await events.hand([{ type: 'code', content: `https://login.weixin.qq.com/l/${uuid}` }], null)
  let failures = 0
  let isScanned = false
  while (!signal.aborted) {
    const askedAt = performance.now()
    try {
      const poll = await pollLogin(client, uuid)
      failures = 0
      if (poll.state === 'over') return null
      if (poll.state === 'confirmed') return poll.redirectUri
      if (poll.state === 'scanned' && !isScanned) {
        isScanned = true
        await events.hand([{ type: 'scanned', avatar: poll.avatar }], null)
      }
    } catch (error) {
      // The code may outlive a short outage; after a longer one a new code is the quicker way.
      if (++failures > 3) throw error
      await pause(backoffMs(failures, 1_000, 4_000), signal)
    }
    await pause(shortestPollMs - (performance.now() - askedAt), signal)
  }
  return null
}

/** Opens the session that was confirmed; false when the redirect leads away from WeChat. */
async function enter(line: Line, redirectUri: string): Promise<boolean> {
  const { client, wechatOrigin, log } = line
  const host = readRedirectHost(redirectUri, wechatOrigin)
  if (!host) {
    log.error('a login was redirected to a host that is not WeChat, it is not followed')
    return false
  }
  useHost(line, host)
  client.rediUri = redirectUri
  try {
    await client.login()
  } catch (error) {
    if (error instanceof WechatCallError && error.failure === 'ret') throw new SessionOver('login_refused')
    throw error
  }
  if (!client.PROP.sid) throw new SessionOver('login_refused')
  await openSession(line)
  return true
}

/** Asks for the account, its recent chats and the start of the stream. A few tries: the scan shall not be lost to a hiccup. */
async function openSession(line: Line): Promise<void> {
  for (let failures = 0; ;) {
    try {
      const { ContactList } = initAnswer.parse(await line.client.init())
      for (const contact of ContactList) line.book.put(contact)
      return
    } catch (error) {
      if (offlineReasonOfError(error) || line.signal.aborted || ++failures > 5) throw error
      await pause(backoffMs(failures, 500, 5_000), line.signal)
    }
  }
}
