import { WechatCallError } from './wechat-errors'

/** The calls of one line that are under way, each with its deadline. */
export class CallRegistry {
  readonly #underWay = new Set<AbortController>()
  #isClosed = false

  /** Runs a call; after `timeoutMs`, or when the line closes, its signal is aborted. */
  async run<T>(name: string, timeoutMs: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new WechatCallError(name, 'unreachable', 'the line is closed')
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), timeoutMs)
    this.#underWay.add(controller)
    try {
      return await call(controller.signal)
    } finally {
      clearTimeout(timer)
      this.#underWay.delete(controller)
    }
  }

  /** Ends all calls under way and lets no other begin. */
  close(): void {
    this.#isClosed = true
    for (const controller of this.#underWay) controller.abort()
  }
}
