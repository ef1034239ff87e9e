import { withDeadline } from '@/lib/deadline'
import { failWith } from '@/lib/errors'
import { sleep } from '@/lib/retry'
import type { NumberOutcome } from '@/worker/wechat/port'

const responseTimeoutMs = 12_000

/** The number that the phone shows during a login: an operator enters it, the login loop sends it. */
export class LoginNumber {
  #isNeeded = false
  #entered: { number: string; isSent: boolean; resolve: (outcome: NumberOutcome) => void } | null = null
  #wake: () => void = () => undefined

  /** Returns the number to send with the next status request; null: not entered. */
  takeEntered(): string | null {
    if (!this.#entered) return null
    this.#entered.isSent = true
    return this.#entered.number
  }

  /** Enters a number and waits up to 12 s for its outcome. */
  async enter(number: string): Promise<NumberOutcome> {
    if (!this.#isNeeded || this.#entered)
      return { outcome: 'failed', ...failWith('ILLEGAL_ACTION', 'number_not_needed') }
    const result = new Promise<NumberOutcome>((resolve) => (this.#entered = { number, isSent: false, resolve }))
    this.#wake()
    const outcome = await withDeadline(result, responseTimeoutMs, (): NumberOutcome => ({
      outcome: 'failed',
      ...failWith('COMMAND_TIMEOUT', 'wechat_unanswered'),
    }))
    this.#entered = null
    return outcome
  }

  /** Records that the phone shows a number. A number that was sent before was wrong; one entered during the request was not in it. */
  need(): void {
    this.#isNeeded = true
    if (this.#entered?.isSent) this.#settle({ outcome: 'failed', ...failWith('INVALID_PARAMETER', 'number_wrong') })
  }

  /** Records that a number is no longer needed: the login continued, or the QR code has expired. */
  end(outcome: NumberOutcome): void {
    this.#isNeeded = false
    this.#settle(outcome)
  }

  /** Waits up to `ms` until a number is entered. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#entered || signal.aborted) return
    const over = new AbortController()
    const entered = new Promise<void>((resolve) => (this.#wake = resolve))
    await Promise.race([entered, sleep(ms, AbortSignal.any([signal, over.signal]))])
    over.abort()
  }

  #settle(outcome: NumberOutcome): void {
    this.#entered?.resolve(outcome)
    this.#entered = null
  }
}
