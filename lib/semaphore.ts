import { AppError } from '@/lib/errors'

/** Limits the numbers of running and waiting tasks. */
export type Semaphore = {
  /**
   * Runs a task when a place is free; an urgent task is served first and never refused.
   * @throws RATE_LIMITED when too many wait.
   */
  run<Result>(task: () => Promise<Result>, options?: { isUrgent?: boolean }): Promise<Result>
}

export function createSemaphore({ maxRunning, maxWaiting }: { maxRunning: number; maxWaiting: number }): Semaphore {
  const waiting: (() => void)[] = []
  let runningCount = 0
  return {
    async run(task, { isUrgent = false } = {}) {
      if (runningCount < maxRunning) runningCount++
      else if (!isUrgent && waiting.length >= maxWaiting)
        throw new AppError('RATE_LIMITED', { reason: 'server_busy', retryAfterSeconds: 5 })
      // A finished task hands its place to a waiting one, so a new task cannot take it.
      else await new Promise<void>((resolve) => (isUrgent ? waiting.unshift(resolve) : waiting.push(resolve)))
      try {
        return await task()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else runningCount--
      }
    },
  }
}
