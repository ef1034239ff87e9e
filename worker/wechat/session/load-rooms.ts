import { retry, sleep } from '@/lib/retry'
import { notifyPhone } from '@/worker/wechat/client/login-calls'
import { fetchAllRooms } from '@/worker/wechat/session/fetch-rooms'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'

const chatListTimeoutMs = 3_000

/**
 * Fetches all rooms once the session is online and emits them as a complete list. Retries until it succeeds or the session ends.
 * @param isNewLogin after a notice, WeChat then lists the account's chats, which include rooms that are not in the address book.
 */
export async function loadRooms(session: WechatSession, { isNewLogin }: { isNewLogin: boolean }): Promise<void> {
  const { client, book, signal, log } = session
  const load = async (failures: number) => {
    if (isNewLogin && failures === 0) {
      await notifyPhone(client)
      // WeChat sends no list to an account without chats, so the wait is limited.
      await Promise.race([session.chatsListed.promise, sleep(chatListTimeoutMs, signal)])
    }
    session.areRoomsRequested = true
    const rooms = await fetchAllRooms(session)
    session.addressBookLoaded.resolve()
    session.isAddressBookLoaded = true
    const contacts = book.contacts()
    await session.events.push(
      [
        { type: 'rooms', rooms, isComplete: true },
        { type: 'contacts', contacts },
      ],
      null,
    )
  }
  await retry(load, {
    minMs: 1_000,
    maxMs: 60_000,
    signal,
    onFailure: (error) => {
      if (!signal.aborted) log.warn({ err: error }, 'the rooms could not be fetched, retrying')
    },
  })
}
