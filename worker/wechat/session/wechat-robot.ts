import { sentenceOf } from '@/lib/sentence'
import { type Failure, failWith } from '@/lib/errors'
import { withDeadline } from '@/lib/deadline'
import type { Logger } from '@/lib/logger'
import { retry } from '@/lib/retry'
import { CallRegistry } from '@/worker/wechat/client/call-registry'
import { isRoomName } from '@/worker/wechat/protocol/contact-book'
import { checkRoomAfterRefusal, fetchAllRooms } from '@/worker/wechat/session/fetch-rooms'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import { openWechatSession } from '@/worker/wechat/session/open-wechat-session'
import { listMembers, performOperation } from '@/worker/wechat/session/perform-operation'
import type {
  ContactSnapshot,
  ListMembersOutcome,
  ListRoomsOutcome,
  NumberOutcome,
  OfflineReason,
  OpenOptions,
  Operation,
  OperationOutcome,
  OutgoingFile,
  SendOutcome,
  WechatConnection,
} from '@/worker/wechat/port'
import { WebClient } from '@/worker/wechat/client/web-client'
import { runWechatSession } from '@/worker/wechat/session/run-wechat-session'
import { sendFile, sendImage, sendText, type Upload } from '@/worker/wechat/session/send'
import { offlineReasonOfError, toListFailure } from '@/worker/wechat/errors'

const listTimeoutMs = 25_000
const addressBookTimeoutMs = 10_000
const logoutTimeoutMs = 10_000

type Options = OpenOptions & { wechatOrigin: string | undefined }

/** One robot's connection: starts when constructed and handles all errors itself. */
export class WechatRobot implements WechatConnection {
  readonly #log: Logger
  readonly #calls = new CallRegistry()
  /** Aborting it ends loops, pauses and events; `#calls` ends current calls. */
  readonly #lifetime = new AbortController()
  #session: WechatSession | null = null
  #isOver = false
  #uploads: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: Options) {
    this.#log = options.log
    void this.#run(options.saved)
  }

  async listRooms(): Promise<ListRoomsOutcome> {
    const ready = this.#checkOnline()
    if (!('session' in ready)) return { ...ready, outcome: 'failed' }
    const listed = fetchAllRooms(ready.session).then(
      (rooms): ListRoomsOutcome => ({ outcome: 'listed', rooms }),
      (error: unknown) => {
        this.#onCallFailure(error)
        return toListFailure(error)
      },
    )
    return withDeadline(listed, listTimeoutMs, () => ({
      outcome: 'failed',
      ...failWith('COMMAND_TIMEOUT', 'wechat_rooms_late'),
    }))
  }

  async canReach(to: string): Promise<boolean> {
    const session = this.#session
    if (!session || to === 'filehelper' || isRoomName(to) || session.book.has(to)) return true
    // Until the address book is loaded, no contact can be called unknown.
    const isLoaded = session.addressBookLoaded.promise.then(() => true)
    return !(await withDeadline(isLoaded, addressBookTimeoutMs, () => false)) || session.book.has(to)
  }

  async sendText(to: string, text: string): Promise<SendOutcome> {
    const ready = this.#checkOnline()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    const outcome = await sendText(ready.session, { to, text, onFailure: (error) => this.#onCallFailure(error) })
    return this.#checkRefusal(ready.session, to, outcome)
  }

  sendImage(to: string, image: { bytes: Buffer; contentType: string }): Promise<SendOutcome> {
    return this.#upload(to, (session, upload) => sendImage(session, { ...upload, image }))
  }

  sendFile(to: string, file: OutgoingFile): Promise<SendOutcome> {
    return this.#upload(to, (session, upload) => sendFile(session, { ...upload, file }))
  }

  /** Sends what has to be uploaded, one at a time. */
  #upload(to: string, send: (session: WechatSession, upload: Upload) => Promise<SendOutcome>): Promise<SendOutcome> {
    const sent = this.#uploads.then(async (): Promise<SendOutcome> => {
      const ready = this.#checkOnline()
      if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
      const { session } = ready
      const outcome = await send(session, { to, onFailure: (error) => this.#onCallFailure(error) })
      return this.#checkRefusal(session, to, outcome)
    })
    this.#uploads = sent
    return sent
  }

  async perform(operation: Operation): Promise<OperationOutcome> {
    const ready = this.#checkOnline()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    return performOperation(ready.session, operation, (error) => this.#onCallFailure(error))
  }

  contacts(): ContactSnapshot[] | null {
    const session = this.#session
    return session?.isAddressBookLoaded ? session.book.contacts() : null
  }

  async listMembers(room: string): Promise<ListMembersOutcome> {
    const ready = this.#checkOnline()
    if (!('session' in ready)) return { ...ready, outcome: 'failed' }
    return listMembers(ready.session, room, (error) => this.#onCallFailure(error))
  }

  async enterNumber(): Promise<NumberOutcome> {
    return {
      outcome: 'failed',
      ...failWith('ILLEGAL_ACTION', 'connection_lacks', { what: sentenceOf('ability_verify_code') }),
    }
  }

  async logout(): Promise<void> {
    this.#lifetime.abort()
    const session = this.#session
    if (session?.client.credentials.sid && !this.#isOver) {
      const loggedOut = session.client.logOut().catch(() => undefined)
      await withDeadline(loggedOut, logoutTimeoutMs, () => undefined)
    }
    await this.detach()
  }

  /** Does not wait for a batch that is being stored: the code that stores it may be the caller. */
  async detach(): Promise<void> {
    this.#lifetime.abort()
    this.#calls.close()
    await this.#session?.client.close()
  }

  async #run(saved: string | null): Promise<void> {
    const { signal } = this.#lifetime
    let position = saved
    const run = async () => {
      if (this.#isOver) return
      const session = this.#open((stored) => {
        position = stored
      })
      if (!signal.aborted) await runWechatSession(session, position)
    }
    await retry(run, { minMs: 1_000, maxMs: 60_000, signal, onFailure: (error) => this.#onSessionFailure(error) })
  }

  async #onSessionFailure(cause: unknown): Promise<void> {
    if (this.#lifetime.signal.aborted) return
    const reason = offlineReasonOfError(cause)
    if (reason) return this.#end(reason)
    // Our own error must not end the login: the next attempt has a new client and the stored position.
    this.#log.error({ err: cause }, 'WeChat session failed, opening it again')
    await this.#session?.client.close()
  }

  #open(onStored: (position: string) => void): WechatSession {
    const { commitBatch, isLeaseValid, onSynced, wechatOrigin } = this.options
    this.#session = openWechatSession({
      client: new WebClient({ wechatOrigin, calls: this.#calls, isLeaseValid }),
      wechatOrigin,
      isLeaseValid,
      onSynced,
      signal: this.#lifetime.signal,
      log: this.#log,
      commitBatch: async (events, position) => {
        await commitBatch(events, position)
        if (position !== null) onStored(position)
      },
    })
    return this.#session
  }

  /** After a refused send, checks in the background whether the account has left the room. */
  #checkRefusal(session: WechatSession, to: string, outcome: SendOutcome): SendOutcome {
    if (outcome.outcome === 'refused' && outcome.code === 'WECHAT_REFUSED' && isRoomName(to))
      void checkRoomAfterRefusal(session, to).catch((error: unknown) => this.#onCallFailure(error))
    return outcome
  }

  /** Ends the session if the error says that WeChat has ended it; otherwise logs the error. */
  #onCallFailure(error: unknown): void {
    const reason = offlineReasonOfError(error)
    if (reason) void this.#end(reason)
    else this.#log.warn({ err: error }, 'call to WeChat failed')
  }

  async #end(reason: OfflineReason): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    await this.#session?.events.push([{ type: 'offline', reason }], null)
    await this.detach()
  }

  #checkOnline(): { session: WechatSession } | Failure {
    if (this.#isOver) return failWith('SESSION_GONE', 'wechat_login_expired')
    if (this.#lifetime.signal.aborted || this.#session?.phase !== 'online')
      return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready')
    return { session: this.#session }
  }
}
