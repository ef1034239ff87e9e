/**
 * Returns the result of `promise`, or the result of `onTimeout` if `promise` has not settled after `timeoutMs`. Rejects if either throws.
 * Does not stop the work behind `promise`; its later result is ignored.
 */
export async function withDeadline<T, U>(
  promise: PromiseLike<T>,
  timeoutMs: number,
  onTimeout: () => U,
): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)))
  try {
    return await Promise.race([promise, deadline.then(onTimeout)])
  } finally {
    clearTimeout(timer)
  }
}
