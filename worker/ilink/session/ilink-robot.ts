import type { Agent } from 'undici'
import { withDeadline } from '@/lib/deadline'
import { type Failure, failWith } from '@/lib/errors'
import { sentenceOf } from '@/lib/sentence'
import { IlinkClient } from '@/worker/ilink/client/ilink-client'
import { isTokenDead } from '@/worker/ilink/client/ilink-error'
import { followUpdates, notify, announceOnline } from '@/worker/ilink/session/follow-updates'
import type { IlinkSession, IlinkTimes } from '@/worker/ilink/session/ilink-session'
import { logIn } from '@/worker/ilink/session/log-in'
import { LoginNumber } from '@/worker/ilink/session/login-number'
import { type IlinkPosition, readPosition } from '@/worker/ilink/session/position'
import { sendFile, sendImage, sendText } from '@/worker/ilink/session/send'
import { SessionOver } from '@/worker/wechat/errors'
import type {
  ContactSnapshot,
  ListMembersOutcome,
  ListRoomsOutcome,
  NumberOutcome,
  OfflineReason,
  OpenOptions,
  OperationOutcome,
  OutgoingFile,
  SendOutcome,
  WechatConnection,
} from '@/worker/wechat/port'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import { followUntilOver } from '@/worker/wechat/session/follow-until-over'

type Options = OpenOptions & { agent: Agent; ilinkOrigin: string | undefined; times: IlinkTimes }
type Ready = { session: IlinkSession; position: IlinkPosition }

const logoutWithinMs = 10_000
const unsupported = failWith('ILLEGAL_ACTION', 'connection_lacks', { what: sentenceOf('ability_rooms') })

/** One robot's connection to iLink. The constructor starts it; its failures become events and outcomes, never exceptions. */
export class IlinkRobot implements WechatConnection {
  readonly #abort = new AbortController()
  readonly #session: IlinkSession
  #isOver = false

  constructor(private readonly options: Options) {
    const { agent, ilinkOrigin, isLeaseValid, onSynced, commitBatch, log, times } = options
    const { signal } = this.#abort
    this.#session = {
      client: new IlinkClient({ agent, ilinkOrigin, isLeaseValid, signal }),
      events: new CommitQueue(commitBatch, signal, log),
      log,
      times,
      ilinkOrigin,
      isLeaseValid,
      onSynced,
      signal,
      number: new LoginNumber(),
      phase: 'opening',
      position: null,
    }
    void this.#run()
  }

  /** iLink has no rooms. */
  async listRooms(): Promise<ListRoomsOutcome> {
    return { outcome: 'listed', rooms: [] }
  }

  async canReach(to: string): Promise<boolean> {
    const { position } = this.#session
    return !position || to === position.userId || Object.hasOwn(position.contexts, to)
  }

  async sendText(to: string, text: string): Promise<SendOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    return sendText({ ...ready, to, onFailure: (error) => this.#handleFailure(error) }, text)
  }

  async sendImage(to: string, { bytes }: { bytes: Buffer; contentType: string }): Promise<SendOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    return sendImage({ ...ready, to, onFailure: (error) => this.#handleFailure(error) }, bytes)
  }

  async sendFile(to: string, file: OutgoingFile): Promise<SendOutcome> {
    const ready = this.#ready()
    if (!('session' in ready)) return { ...ready, outcome: 'unsent' }
    return sendFile({ ...ready, to, onFailure: (error) => this.#handleFailure(error) }, file)
  }

  async perform(): Promise<OperationOutcome> {
    return { outcome: 'refused', ...unsupported }
  }

  contacts(): ContactSnapshot[] | null {
    const { position } = this.#session
    return position && [{ username: position.userId, nickname: '', remark: '' }]
  }

  async listMembers(): Promise<ListMembersOutcome> {
    return { outcome: 'failed', ...unsupported }
  }

  enterNumber(number: string): Promise<NumberOutcome> {
    return this.#session.number.enter(number)
  }

  /** Ends the session. The binding on the phone remains, because iLink has no call that removes it. */
  async logout(): Promise<void> {
    const { position } = this.#session
    if (position && !this.#isOver) {
      const notified = notify(this.#session, position, 'notifystop').catch(() => undefined)
      await withDeadline(notified, logoutWithinMs, () => undefined)
    }
    await this.detach()
  }

  async detach(): Promise<void> {
    this.#abort.abort()
  }

  async #run(): Promise<void> {
    const session = this.#session
    const { saved, readPrevious } = this.options
    const follow = async () => {
      if (this.#isOver) return
      session.position ??= saved === null ? await logIn(session, readPrevious) : readStored(saved)
      if (!session.position) return
      if (saved === null && session.phase === 'opening') await announceOnline(session)
      await followUpdates(session, session.position)
    }
    await followUntilOver(follow, {
      signal: session.signal,
      minMs: 1_000,
      maxMs: 60_000,
      isDead: isTokenDead,
      end: (reason) => this.#end(reason),
      // Our own error must not end the login.
      onFault: (error) => session.log.error({ err: error }, 'the connection to iLink failed, it is reopened'),
    })
  }

  /** Ends the session if a failed send shows that the token is no longer valid. */
  #handleFailure(error: unknown): void {
    if (isTokenDead(error)) void this.#end('expired')
    else this.#session.log.warn({ err: error }, 'a call to iLink failed')
  }

  async #end(reason: OfflineReason): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    await this.#session.events.push([{ type: 'offline', reason }], null)
    await this.detach()
  }

  #ready(): Ready | Failure {
    const { phase, position, signal } = this.#session
    if (this.#isOver) return failWith('SESSION_GONE', 'wechat_login_expired')
    if (signal.aborted || phase !== 'online' || !position) return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready')
    return { session: this.#session, position }
  }
}

/** @throws SessionOver for a position of another format */
function readStored(saved: string): IlinkPosition {
  const position = readPosition(saved)
  if (!position) throw new SessionOver('expired')
  return position
}
