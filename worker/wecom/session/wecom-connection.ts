import { type Failure, failWith } from '@/lib/errors'
import type { ContactSnapshot, NumberOutcome, OfflineReason, OpenOptions, OperationOutcome } from '@/worker/wechat/port'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import { followUntilOver } from '@/worker/wechat/session/follow-until-over'
import { isDead } from '@/worker/wecom/client/wecom-error'
import { HintWatcher } from '@/worker/wecom/session/hint-watcher'
import type { WecomTimes } from '@/worker/wecom/session/kf-session'

type Options = OpenOptions & { times: WecomTimes }

/** What both connections to WeCom share: their loop and its end, and the refusals of what a company's credentials do not give. */
export abstract class WecomConnection<Hint extends { id: number }, Given extends Options> {
  protected readonly life = new AbortController()
  protected readonly hints: HintWatcher<Hint>
  protected isOver = false

  constructor(
    protected readonly options: Given,
    { readHint, unsupported }: { readHint: (afterId: number) => Promise<Hint | null>; unsupported: Failure },
  ) {
    this.hints = new HintWatcher(readHint, this.life.signal)
    this.#unsupported = unsupported
  }

  readonly #unsupported: Failure

  async perform(): Promise<OperationOutcome> {
    return { outcome: 'refused', ...this.#unsupported }
  }

  /** WeCom has no address book for an app. */
  contacts(): ContactSnapshot[] | null {
    return null
  }

  async enterNumber(): Promise<NumberOutcome> {
    return { outcome: 'failed', ...failWith('ILLEGAL_ACTION', 'number_not_needed') }
  }

  fetchEvents(): void {
    this.hints.wake()
  }

  /** There is no login to end: the credentials stay with the connector. */
  async logout(): Promise<void> {
    await this.detach()
  }

  async detach(): Promise<void> {
    this.life.abort()
  }

  /** Runs `follow` again after each failure, until the connection is detached or the credentials are no longer valid. */
  protected async runUntilOver(follow: () => Promise<void>): Promise<void> {
    const { log, times } = this.options
    await followUntilOver(() => (this.isOver ? Promise.resolve() : follow()), {
      signal: this.life.signal,
      minMs: times.retryMs,
      maxMs: times.outageMs,
      isDead,
      end: (reason) => this.end(reason),
      onFault: (error) => log.warn({ err: error }, 'the connection to WeCom has failed, it is opened again'),
    })
  }

  protected async end(reason: OfflineReason): Promise<void> {
    if (this.isOver) return
    this.isOver = true
    const { commitBatch, log } = this.options
    const events = this.events ?? new CommitQueue(commitBatch, this.life.signal, log)
    await events.push([{ type: 'offline', reason }], null)
    await this.detach()
  }

  /** null: not opened yet. */
  protected abstract get events(): CommitQueue | null
}
