import type { Agent } from 'undici'
import { type Failure, failWith } from '@/lib/errors'
import { newKey } from '@/lib/id'
import { sentenceOf } from '@/lib/sentence'
import type { KfAccess } from '@/lib/wecom/get-access'
import { SessionOver } from '@/worker/wechat/errors'
import type {
  EndInServiceOutcome,
  HandOverOutcome,
  ListMembersOutcome,
  ListRoomsOutcome,
  OpenOptions,
  OutgoingFile,
  SendName,
  SendOutcome,
  WechatConnection,
} from '@/worker/wechat/port'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { AccessTokens } from '@/worker/wecom/client/access-tokens'
import { WecomClient } from '@/worker/wecom/client/wecom-client'
import { isDead } from '@/worker/wecom/client/wecom-error'
import { announceOnline, followAccount, type KfHint } from '@/worker/wecom/session/follow-account'
import { createAccount } from '@/worker/wecom/session/create-account'
import { findAccount, findContactUrl, type KfAccount } from '@/worker/wecom/session/find-account'
import type { KfSession, WecomTimes } from '@/worker/wecom/session/kf-session'
import { endInService, handOver } from '@/worker/wecom/session/change-service-state'
import { type KfPosition, readPosition } from '@/worker/wecom/session/position'
import { sendFile, sendImage, sendText } from '@/worker/wecom/session/send'
import { WecomConnection } from '@/worker/wecom/session/wecom-connection'

export type KfOptions = OpenOptions & {
  wecomOrigin: string | undefined
  agent: Agent
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

/** One robot's connection to a 客服 account. The constructor starts it; failures become events and outcomes, never exceptions. */
export class KfRobot extends WecomConnection<KfHint, KfOptions> implements WechatConnection {
  #session: KfSession | null = null

  constructor(options: KfOptions) {
    const readHint = (afterId: number) => options.hints({ afterId, openKfId: this.#session?.position?.openKfId ?? '' })
    super(options, { readHint, unsupported })
    void this.runUntilOver(() => this.#follow())
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

  async sendFile(to: string, file: OutgoingFile, naming?: SendName): Promise<SendOutcome> {
    const target = this.#target(to, naming)
    return 'code' in target ? { ...target, outcome: 'unsent' } : sendFile(target, file)
  }

  async handOver(to: string): Promise<HandOverOutcome> {
    const target = this.#target(to)
    if ('code' in target) return { ...target, outcome: 'unsent' }
    const servicerId = (await this.options.readAccess())?.servicerId ?? ''
    return handOver(target.session, { ...target, servicerId })
  }

  async endInService(to: string): Promise<EndInServiceOutcome> {
    const target = this.#target(to)
    if ('code' in target) return { ...target, outcome: 'unsent' }
    const servicerId = (await this.options.readAccess())?.servicerId ?? ''
    return endInService(target.session, { ...target, servicerId })
  }

  async listMembers(): Promise<ListMembersOutcome> {
    return { outcome: 'failed', ...unsupported }
  }

  protected get events(): CommitQueue | null {
    return this.#session?.events ?? null
  }

  async #follow(): Promise<void> {
    const session = (this.#session ??= await this.#open())
    session.position ??= await this.#findPosition(session)
    // The token is there, and WeCom has shown the account.
    if (this.options.saved === null && session.phase === 'opening') await announceOnline(session)
    await followAccount(session, this.hints)
  }

  async #open(): Promise<KfSession> {
    const { commitBatch, isLeaseValid, onSynced, tokens, agent, wecomOrigin, log, times } = this.options
    const access = await this.options.readAccess()
    if (!access) throw new SessionOver('login_refused')
    const { signal } = this.life
    const { connectorId } = access
    return {
      client: new WecomClient({ connectorId, tokens, agent, wecomOrigin, isLeaseValid, signal }),
      events: new CommitQueue(commitBatch, signal, log),
      log,
      times,
      isLeaseValid,
      onSynced,
      signal,
      phase: 'opening',
      notBeforeMs: access.createdAt.getTime() - clockMarginMs,
      position: null,
      readWelcome: async () => (await this.options.readAccess())?.welcomeText ?? '',
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
    const account = access && (await this.#findAccount(session, access))
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

  /** Returns the robot's account, created under its name if there is none and it may be. null: the app sees no such account. */
  async #findAccount(session: KfSession, access: KfAccess): Promise<KfAccount | null> {
    const { username, openKfId, createsAccount } = access
    const found = await findAccount(session.client, openKfId ?? username)
    if (found === 'missing' && createsAccount && openKfId === null) return createAccount(session, username)
    return typeof found === 'string' ? null : found
  }

  /** A failed send may be how we learn that the credentials are dead. */
  #notice(error: unknown): void {
    if (isDead(error)) void this.end('expired')
    else this.options.log.warn({ err: error }, 'a call to WeCom has failed')
  }

  #target(to: string, { messageId }: SendName = { messageId: newKey() }) {
    const session = this.#session
    if (this.isOver) return failWith('SESSION_GONE', 'wechat_login_expired') satisfies Failure
    if (this.life.signal.aborted || session?.phase !== 'online' || !session.position)
      return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready') satisfies Failure
    const { openKfId } = session.position
    return { session, openKfId, to, messageId, onFailure: (error: unknown) => this.#notice(error) }
  }
}
