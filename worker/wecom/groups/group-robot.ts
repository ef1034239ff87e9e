import type { Agent } from 'undici'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { type Failure, failWith } from '@/lib/errors'
import { sentenceOf } from '@/lib/sentence'
import type { KfAccess } from '@/lib/wecom/get-access'
import { SessionOver } from '@/worker/wechat/errors'
import type {
  JoinWayOutcome,
  JoinWays,
  ListMembersOutcome,
  ListRoomsOutcome,
  OpenOptions,
  SendOutcome,
  WechatConnection,
} from '@/worker/wechat/port'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { AccessTokens } from '@/worker/wecom/client/access-tokens'
import { WecomClient } from '@/worker/wecom/client/wecom-client'
import { describeRefusal, isDead, WecomError } from '@/worker/wecom/client/wecom-error'
import { followGroups } from '@/worker/wecom/groups/follow-groups'
import type { GroupHint, GroupSession } from '@/worker/wecom/groups/group-session'
import { createJoinWay, deleteJoinWay, fetchJoinQr } from '@/worker/wecom/groups/join-way'
import { customersOf, readGroup, readGroups, snapshotOf } from '@/worker/wecom/groups/read-groups'
import type { WecomTimes } from '@/worker/wecom/session/kf-session'
import { WecomConnection } from '@/worker/wecom/session/wecom-connection'

export type GroupOptions = OpenOptions & {
  wecomOrigin: string | undefined
  agent: Agent
  times: WecomTimes
  tokens: AccessTokens
  egress: EgressPolicy
  readAccess: () => Promise<KfAccess | null>
  /** Reads the owners whose groups are read; []: everyone in the visible range. */
  readOwners: () => Promise<string[]>
  /** Reads which groups are named by the callbacks that were stored after the callback with the id `afterId`; null: no such callback. */
  hints: (afterId: number) => Promise<GroupHint | null>
}

const unsupported = failWith('ILLEGAL_ACTION', 'connection_lacks', { what: sentenceOf('ability_direct') })

/**
 * The connection to the customer groups of a company. The constructor starts it. Its methods do not throw: they log each error, and retry or report
 * that the session is offline. Spec: E7 (customer groups).
 */
export class GroupRobot extends WecomConnection<GroupHint, GroupOptions> implements WechatConnection {
  #session: GroupSession | null = null

  readonly joinWays: JoinWays = {
    create: (room, state) => this.#create(room, state),
    show: (configId) => this.#show(configId),
    remove: (configId) => this.#call(({ client }) => deleteJoinWay(client, { configId }).then(() => null)),
  }

  constructor(options: GroupOptions) {
    super(options, { readHint: options.hints, unsupported })
    void this.runUntilOver(async () => followGroups((this.#session ??= await this.#open())))
  }

  async listRooms(): Promise<ListRoomsOutcome> {
    const listed = await this.#call(async ({ client, readOwners }) => readGroups(client, await readOwners()))
    return 'code' in listed ? { ...listed, outcome: 'failed' } : { outcome: 'listed', rooms: listed }
  }

  async listMembers(room: string): Promise<ListMembersOutcome> {
    const group = await this.#call(({ client }) => readGroup(client, room))
    if (group === null) return { outcome: 'failed', ...failWith('WECHAT_REFUSED', 'group_gone') }
    if ('code' in group) return { ...group, outcome: 'failed' }
    const usernames = group.member_list.map(({ userid }) => userid)
    const names = new Map(group.member_list.map(({ userid, name, group_nickname }) => [userid, group_nickname || name]))
    return { outcome: 'listed', usernames, names, room: snapshotOf(group), customers: customersOf(group) }
  }

  /** Returns false: this connection sends no messages, so it cannot reach a person. */
  async canReach(): Promise<boolean> {
    return false
  }

  async sendText(): Promise<SendOutcome> {
    return { outcome: 'refused', ...unsupported }
  }

  async sendImage(): Promise<SendOutcome> {
    return { outcome: 'refused', ...unsupported }
  }

  protected get events(): CommitQueue | null {
    return this.#session?.events ?? null
  }

  async #open(): Promise<GroupSession> {
    const { commitBatch, isLeaseValid, onSynced, tokens, agent, wecomOrigin, times, log, saved } = this.options
    const access = await this.options.readAccess()
    if (!access) throw new SessionOver('login_refused')
    const { signal } = this.life
    const { connectorId, username: name } = access
    return {
      client: new WecomClient({ connectorId, tokens, agent, wecomOrigin, isLeaseValid, signal }),
      events: new CommitQueue(commitBatch, signal, log),
      log,
      times,
      hints: this.hints,
      readOwners: this.options.readOwners,
      signal,
      isLeaseValid,
      onSynced,
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
    if (this.isOver) return failWith('SESSION_GONE', 'wechat_login_expired')
    if (!this.#session) return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready')
    try {
      return await act(this.#session)
    } catch (error) {
      this.options.log.warn({ err: error }, 'a call about a customer group has failed')
      if (isDead(error)) void this.end('expired')
      if (error instanceof WecomError && error.errcode !== null)
        return describeRefusal(error.errcode, { windowCount: 0 })
      return failWith('WECHAT_UNREACHABLE', 'wechat_not_ready')
    }
  }
}
