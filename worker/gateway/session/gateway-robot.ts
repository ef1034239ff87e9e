import { withDeadline } from '@/lib/deadline'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { type Failure, failWith } from '@/lib/errors'
import { GatewayClient } from '@/worker/gateway/client/gateway-client'
import { AddressBook, fetchRooms } from '@/worker/gateway/session/address-book'
import { followAccount } from '@/worker/gateway/session/follow-account'
import type { GatewaySession, GatewayStore, GatewayTimes } from '@/worker/gateway/session/gateway-session'
import { logIn } from '@/worker/gateway/session/log-in'
import { listMembers, performOperation } from '@/worker/gateway/session/perform-operation'
import { readPosition } from '@/worker/gateway/session/position'
import { fetchRoomCode } from '@/worker/gateway/session/room-code'
import { sendImage, sendText } from '@/worker/gateway/session/send'
import { LoginNumber } from '@/worker/ilink/session/login-number'
import { SessionOver, toListFailure, WechatCallError } from '@/worker/wechat/errors'
import type {
  ContactSnapshot,
  ListMembersOutcome,
  ListRoomsOutcome,
  NumberOutcome,
  OfflineReason,
  OpenOptions,
  Operation,
  OperationOutcome,
  RoomCodeOutcome,
  SendOutcome,
  WechatConnection,
} from '@/worker/wechat/port'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import { followUntilOver } from '@/worker/wechat/session/follow-until-over'

type Options = OpenOptions & { store: GatewayStore; egress: EgressPolicy; times: GatewayTimes }

const logoutWithinMs = 10_000
const roomsWithinMs = 25_000

/** One robot's connection to its gateway: starts when constructed and handles all errors itself. */
export class GatewayRobot implements WechatConnection {
  readonly #lifetime = new AbortController()
  #session: GatewaySession | null = null
  #isOver = false

  constructor(private readonly options: Options) {
    void this.#run()
  }

  async listRooms(): Promise<ListRoomsOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'failed' }
    try {
      return { outcome: 'listed', rooms: await fetchRooms(ready.session, roomsWithinMs) }
    } catch (error) {
      this.#onCallFailure(error)
      return toListFailure(error)
    }
  }

  async canReach(to: string): Promise<boolean> {
    return to.endsWith('@chatroom') || to === 'filehelper' || (this.#session?.book.isContact(to) ?? true)
  }

  async sendText(to: string, text: string): Promise<SendOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    return sendText(ready.session, { to, onFailure: (error) => this.#onCallFailure(error) }, text)
  }

  async sendImage(to: string, image: { bytes: Buffer; contentType: string }): Promise<SendOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    return sendImage(ready.session, { to, onFailure: (error) => this.#onCallFailure(error) }, image)
  }

  async perform(operation: Operation): Promise<OperationOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    return performOperation(ready.session, operation, (error) => this.#onCallFailure(error))
  }

  contacts(): ContactSnapshot[] | null {
    return this.#session?.book.contacts ?? null
  }

  async listMembers(room: string): Promise<ListMembersOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'failed' }
    return listMembers(ready.session, room, (error) => this.#onCallFailure(error))
  }

  async fetchRoomCode(room: string): Promise<RoomCodeOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'failed' }
    return fetchRoomCode(ready.session, room, (error) => this.#onCallFailure(error))
  }

  async enterNumber(number: string): Promise<NumberOutcome> {
    if (this.#session) return this.#session.number.enter(number)
    return { outcome: 'failed', ...failWith('ILLEGAL_ACTION', 'number_not_needed') }
  }

  fetchEvents(): void {
    this.#session?.wake()
  }

  async logout(): Promise<void> {
    const session = this.#session
    if (session?.position && !this.#isOver) {
      const { appId } = session.position
      const loggedOut = session.client.call('/login/logout', { appId }, { timeoutMs: logoutWithinMs })
      await withDeadline(
        loggedOut.catch((error: unknown) =>
          session.log.warn({ err: error }, 'the gateway did not log the account out'),
        ),
        logoutWithinMs,
        () => undefined,
      )
    }
    await this.detach()
  }

  async detach(): Promise<void> {
    this.#lifetime.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#lifetime
    const { log, saved } = this.options
    const follow = async () => {
      if (this.#isOver) return
      const session = (this.#session ??= await this.#open())
      const isNewLogin = saved === null && session.phase === 'opening'
      session.position ??= saved === null ? await logIn(session) : readStored(saved)
      if (session.position) await followAccount(session, { isNewLogin })
    }
    await followUntilOver(follow, {
      signal,
      minMs: 1_000,
      maxMs: 60_000,
      end: (reason) => this.#end(reason),
      // Our own error must not end the login.
      onFault: (error) => log.error({ err: error }, 'the connection to the gateway has failed, it is opened again'),
    })
  }

  /** @throws SessionOver if the robot's connector was removed */
  async #open(): Promise<GatewaySession> {
    const { store, egress, times, isLeaseValid, onSynced, commitBatch, log } = this.options
    const { signal } = this.#lifetime
    const events = new CommitQueue(commitBatch, signal, log)
    const known = await store.readAccess()
    if (!known) {
      await events.push([{ type: 'offline', reason: 'login_refused' }], null)
      throw new SessionOver('login_refused')
    }
    return {
      client: new GatewayClient({ access: known.access, egress, isLeaseValid, signal }),
      store,
      events,
      book: new AddressBook(),
      number: new LoginNumber(),
      log,
      times,
      isLeaseValid,
      onSynced,
      signal,
      phase: 'opening',
      position: null,
      isCheckDue: false,
      wake: () => undefined,
    }
  }

  /** A refused call may mean that the account is offline: the loop that follows it checks at once. */
  #onCallFailure(error: unknown): void {
    const session = this.#session
    if (!session) return
    session.log.warn({ err: error }, 'call to the gateway failed')
    if (!(error instanceof WechatCallError) || error.failure !== 'ret') return
    session.isCheckDue = true
    session.wake()
  }

  async #end(reason: OfflineReason): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    await this.#session?.events.push([{ type: 'offline', reason }], null)
    await this.detach()
  }

  #ready(): { session: GatewaySession } | Failure {
    if (this.#isOver) return failWith('SESSION_GONE', 'wechat_login_expired')
    const session = this.#session
    if (this.#lifetime.signal.aborted || session?.phase !== 'online')
      return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready')
    return { session }
  }
}

/** @throws SessionOver for a position that is not ours */
function readStored(saved: string) {
  const position = readPosition(saved)
  if (!position) throw new SessionOver('expired')
  return position
}
