import { WechatCallError } from '@/worker/wechat/errors'

/** The current calls of one session, each with a deadline. */
export class CallRegistry {
  readonly #running = new Set<AbortController>()
  #isClosed = false

  /** Runs a call; aborts its signal after `timeoutMs` or when the session closes. */
  async run<T>(name: string, timeoutMs: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new WechatCallError(name, 'unreachable', 'the session is closed')
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), timeoutMs)
    this.#running.add(controller)
    try {
      return await call(controller.signal)
    } finally {
      clearTimeout(timer)
      this.#running.delete(controller)
    }
  }

  /** Aborts all current calls; later calls throw. */
  close(): void {
    this.#isClosed = true
    for (const controller of this.#running) controller.abort()
  }
}
