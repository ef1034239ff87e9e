import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { type Failure, failWith } from '@/lib/errors'
import { sentenceOf } from '@/lib/sentence'
import type { KfAccess } from '@/lib/wecom/get-access'
import { SessionOver } from '@/worker/wechat/errors'
import type {
  ContactSnapshot,
  JoinWayOutcome,
  JoinWays,
  ListMembersOutcome,
  ListRoomsOutcome,
  NumberOutcome,
  OfflineReason,
  OpenOptions,
  OperationOutcome,
  SendOutcome,
  WechatConnection,
} from '@/worker/wechat/port'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import { followUntilOver } from '@/worker/wechat/session/follow-until-over'
import type { AccessTokens } from '@/worker/wecom/client/access-tokens'
import { WecomClient } from '@/worker/wecom/client/wecom-client'
import { describeRefusal, isDead, WecomError } from '@/worker/wecom/client/wecom-error'
import { followGroups } from '@/worker/wecom/groups/follow-groups'
import type { GroupHint, GroupSession } from '@/worker/wecom/groups/group-session'
import { createJoinWay, fetchJoinQr } from '@/worker/wecom/groups/join-way'
import { customersOf, readGroup, readGroups, snapshotOf } from '@/worker/wecom/groups/read-groups'
import { HintWatcher } from '@/worker/wecom/session/hint-watcher'
import type { WecomTimes } from '@/worker/wecom/session/kf-session'

export type GroupOptions = OpenOptions & {
  wecomOrigin: string | undefined
  times: WecomTimes
  tokens: AccessTokens
  egress: EgressPolicy
  readAccess: () => Promise<KfAccess | null>
  /** Reads which groups callbacks named after `afterId`; null: none. */
  hints: (afterId: number) => Promise<GroupHint | null>
}

const unsupported = failWith('ILLEGAL_ACTION', 'connection_lacks', { what: sentenceOf('ability_direct') })

/** The customer groups of a company: starts by itself when made, and keeps whatever goes wrong to itself. Spec: E7. */
export class GroupRobot implements WechatConnection {
  readonly #life = new AbortController()
  #session: GroupSession | null = null
  #isOver = false
  readonly #hints: HintWatcher<GroupHint>

  readonly joinWays: JoinWays = {
    create: (room, state) => this.#create(room, state),
    show: (configId) => this.#show(configId),
  }

  constructor(private readonly options: GroupOptions) {
    this.#hints = new HintWatcher(options.hints, this.#life.signal)
    void this.#run()
  }

  async listRooms(): Promise<ListRoomsOutcome> {
    const listed = await this.#call(({ client }) => readGroups(client))
    return 'code' in listed ? { ...listed, outcome: 'failed' } : { outcome: 'listed', rooms: listed }
  }

  async listMembers(room: string): Promise<ListMembersOutcome> {
    const group = await this.#call(({ client }) => readGroup(client, room))
    if (group === null) return { outcome: 'failed', ...failWith('WECHAT_REFUSED', 'group_gone') }
    if ('code' in group) return { ...group, outcome: 'failed' }
    const usernames = group.member_list.map(({ userid }) => userid)
    return { outcome: 'listed', usernames, room: snapshotOf(group), customers: customersOf(group) }
  }

  /** No messages are sent, so no person is reached. */
  async canReach(): Promise<boolean> {
    return false
  }

  async sendText(): Promise<SendOutcome> {
    return { outcome: 'refused', ...unsupported }
  }

  async sendImage(): Promise<SendOutcome> {
    return { outcome: 'refused', ...unsupported }
  }

  async perform(): Promise<OperationOutcome> {
    return { outcome: 'refused', ...unsupported }
  }

  contacts(): ContactSnapshot[] | null {
    return null
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
      await followGroups(session)
    }
    await followUntilOver(follow, {
      signal,
      minMs: times.retryMs,
      maxMs: times.outageMs,
      isDead,
      end: (reason) => this.#end(reason),
      onFault: (error) => log.warn({ err: error }, 'the customer groups cannot be read, another try follows'),
    })
  }

  async #open(): Promise<GroupSession> {
    const { commitBatch, isLeaseValid, tokens, wecomOrigin, times, log, saved } = this.options
    const access = await this.options.readAccess()
    if (!access) throw new SessionOver('login_refused')
    const { signal } = this.#life
    const { connectorId, username: name } = access
    return {
      client: new WecomClient({ connectorId, tokens, wecomOrigin, isLeaseValid, signal }),
      events: new CommitQueue(commitBatch, signal, log),
      log,
      times,
      hints: this.#hints,
      signal,
      isLeaseValid,
      account: { uin: connectorId, username: connectorId, nickname: name },
      phase: saved === null ? 'opening' : 'resumed',
    }
  }

  async #create(room: string, state: string): Promise<{ configId: string } | Failure> {
    return this.#call(async ({ client }) => ({ configId: await createJoinWay(client, { chatId: room, state }) }))
  }

  async #show(configId: string): Promise<JoinWayOutcome> {
    const { egress, wecomOrigin } = this.options
    const shown = await this.#call(({ client }) => fetchJoinQr(client, { configId, egress, wecomOrigin }))
    return 'outcome' in shown ? shown : { ...shown, outcome: 'failed' }
  }

  async #call<Result>(act: (session: GroupSession) => Promise<Result>): Promise<Result | Failure> {
    if (this.#isOver) return failWith('SESSION_GONE', 'wechat_login_expired')
    if (!this.#session) return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready')
    try {
      return await act(this.#session)
    } catch (error) {
      this.options.log.warn({ err: error }, 'a call about a customer group has failed')
      if (isDead(error)) void this.#end('expired')
      if (error instanceof WecomError && error.errcode !== null)
        return describeRefusal(error.errcode, { windowCount: 0 })
      return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready')
    }
  }

  async #end(reason: OfflineReason): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    const { commitBatch, log } = this.options
    const events = this.#session?.events ?? new CommitQueue(commitBatch, this.#life.signal, log)
    await events.push([{ type: 'offline', reason }], null)
    await this.detach()
  }
}
