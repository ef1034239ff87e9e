import { type Failure, failWith } from '@/lib/errors'
import { newKey } from '@/lib/id'
import { sentenceOf } from '@/lib/sentence'
import type { KfAccess } from '@/lib/wecom/get-access'
import { SessionOver } from '@/worker/wechat/errors'
import type {
  ContactSnapshot,
  ListMembersOutcome,
  ListRoomsOutcome,
  NumberOutcome,
  OfflineReason,
  OpenOptions,
  OperationOutcome,
  SendName,
  SendOutcome,
  WechatConnection,
} from '@/worker/wechat/port'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import { followUntilOver } from '@/worker/wechat/session/follow-until-over'
import type { AccessTokens } from '@/worker/wecom/client/access-tokens'
import { WecomClient } from '@/worker/wecom/client/wecom-client'
import { isDead } from '@/worker/wecom/client/wecom-error'
import { announceOnline, followNews, type KfHint } from '@/worker/wecom/session/follow-news'
import { findAccount, findContactUrl } from '@/worker/wecom/session/find-account'
import type { KfSession, WecomTimes } from '@/worker/wecom/session/kf-session'
import { HintWatcher } from '@/worker/wecom/session/hint-watcher'
import { type KfPosition, readPosition } from '@/worker/wecom/session/position'
import { sendImage, sendText } from '@/worker/wecom/session/send'

export type KfOptions = OpenOptions & {
  wecomOrigin: string | undefined
  times: WecomTimes
  tokens: AccessTokens
  /** Reads what the robot is in our rows. */
  readAccess: () => Promise<KfAccess | null>
  /** Reads the latest callback for the account; null: none. */
  hints: (query: { afterId: number; openKfId: string }) => Promise<KfHint | null>
  /** Whether another robot has the account. */
  isTaken: (account: { connectorId: string; openKfId: string }) => Promise<boolean>
}

/** Clocks of WeCom and ours may differ by this much. */
const clockMarginMs = 60_000
const unsupported = failWith('ILLEGAL_ACTION', 'connection_lacks', { what: sentenceOf('ability_rooms') })

/** One robot's connection to a 客服 account: starts by itself when made, and keeps whatever goes wrong to itself. */
export class KfRobot implements WechatConnection {
  readonly #life = new AbortController()
  readonly #hints: HintWatcher<KfHint>
  #session: KfSession | null = null
  #isOver = false

  constructor(private readonly options: KfOptions) {
    const readHint = (afterId: number) => options.hints({ afterId, openKfId: this.#session?.position?.openKfId ?? '' })
    this.#hints = new HintWatcher(readHint, this.#life.signal)
    void this.#run()
  }

  /** A 客服 account has no rooms. */
  async listRooms(): Promise<ListRoomsOutcome> {
    return { outcome: 'listed', rooms: [] }
  }

  /** Only WeCom can tell; it refuses an unknown customer. */
  async canReach(): Promise<boolean> {
    return true
  }

  async sendText(to: string, text: string, naming?: SendName): Promise<SendOutcome> {
    const target = this.#target(to, naming)
    return 'code' in target ? { ...target, outcome: 'unsent' } : sendText(target, text)
  }

  async sendImage(to: string, image: { bytes: Buffer; contentType: string }, naming?: SendName): Promise<SendOutcome> {
    const target = this.#target(to, naming)
    return 'code' in target ? { ...target, outcome: 'unsent' } : sendImage(target, image)
  }

  async perform(): Promise<OperationOutcome> {
    return { outcome: 'refused', ...unsupported }
  }

  /** Customers are known by their messages only. */
  contacts(): ContactSnapshot[] | null {
    return null
  }

  async listMembers(): Promise<ListMembersOutcome> {
    return { outcome: 'failed', ...unsupported }
  }

  async enterNumber(): Promise<NumberOutcome> {
    return { outcome: 'failed', ...failWith('ILLEGAL_ACTION', 'number_not_needed') }
  }

  checkNews(): void {
    this.#hints.wake()
  }

  /** There is no login to end: the credentials stay with the connector. */
  async logout(): Promise<void> {
    await this.detach()
  }

  async detach(): Promise<void> {
    this.#life.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#life
    const { log, times } = this.options
    const follow = async () => {
      if (this.#isOver) return
      const session = (this.#session ??= await this.#open())
      session.position ??= await this.#findPosition(session)
      // The token is there, and WeCom has shown the account.
      if (this.options.saved === null && session.phase === 'opening') await announceOnline(session)
      await followNews(session, this.#hints)
    }
    await followUntilOver(follow, {
      signal,
      minMs: times.retryMs,
      maxMs: times.outageMs,
      isDead,
      end: (reason) => this.#end(reason),
      onFault: (error) => log.warn({ err: error }, 'the connection to WeCom has failed, it is opened again'),
    })
  }

  async #open(): Promise<KfSession> {
    const { robotId, commitBatch, isLeaseValid, tokens, wecomOrigin, times } = this.options
    const access = await this.options.readAccess()
    if (!access) throw new SessionOver('login_refused')
    const { signal } = this.#life
    const { connectorId } = access
    const log = this.options.log.child({ robotId })
    return {
      client: new WecomClient({ connectorId, tokens, wecomOrigin, isLeaseValid, signal }),
      events: new CommitQueue(commitBatch, signal, log),
      log,
      times,
      isLeaseValid,
      signal,
      phase: 'opening',
      notBeforeMs: access.createdAt.getTime() - clockMarginMs,
      position: null,
      names: new Map(),
    }
  }

  /** Resumes from the stored position, also from the one of an ended session; a new robot looks its account up. */
  async #findPosition(session: KfSession): Promise<KfPosition> {
    const { saved, readPrevious, readAccess } = this.options
    const stored = saved ?? (await readPrevious())
    const position = stored === null ? null : readPosition(stored)
    if (position && saved !== null) return position
    const access = await readAccess()
    const account = access && (await findAccount(session.client, access.openKfId ?? access.username))
    if (!account) {
      session.log.warn({ account: access?.username }, 'WeCom shows no such customer service account to this app')
      throw new SessionOver('login_refused')
    }
    const { openKfId } = account
    if (await this.options.isTaken({ connectorId: access.connectorId, openKfId })) {
      session.log.warn({ account: access.username }, 'another robot has this customer service account')
      throw new SessionOver('login_refused')
    }
    const cursor = position?.openKfId === account.openKfId ? position.cursor : ''
    const contactUrl = await findContactUrl(session.client, account.openKfId)
    return { v: 1, openKfId: account.openKfId, name: account.name, contactUrl, cursor }
  }

  /** A failed send may be how we learn that the credentials are dead. */
  #notice(error: unknown): void {
    if (isDead(error)) void this.#end('expired')
    else this.options.log.warn({ err: error }, 'a call to WeCom has failed')
  }

  async #end(reason: OfflineReason): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    const events =
      this.#session?.events ?? new CommitQueue(this.options.commitBatch, this.#life.signal, this.options.log)
    await events.push([{ type: 'offline', reason }], null)
    await this.detach()
  }

  #target(to: string, { messageId }: SendName = { messageId: newKey() }) {
    const session = this.#session
    if (this.#isOver) return failWith('SESSION_GONE', 'wechat_login_expired') satisfies Failure
    if (this.#life.signal.aborted || session?.phase !== 'online' || !session.position)
      return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready') satisfies Failure
    const { openKfId } = session.position
    return { session, openKfId, to, messageId, onFailure: (error: unknown) => this.#notice(error) }
  }
}
