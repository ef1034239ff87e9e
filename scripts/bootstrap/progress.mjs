/**
 * Runs one step of a command and prints its duration if it takes more than a second: a terminal shows one line that
 * changes every second, a log file gets a new line every ten seconds.
 * @template T
 * @param {string} label name of the step, such as "installing packages"
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function withProgress(label, step) {
  const startedMs = Date.now()
  const seconds = () => Math.round((Date.now() - startedMs) / 1000)
  const isTerminal = process.stdout.isTTY
  const timer = setInterval(() => {
    if (isTerminal) process.stdout.write(`\r${label} … ${seconds()} s `)
    else if (seconds() === 1 || seconds() % 10 === 0) console.log(`${label} … ${seconds()} s`)
  }, 1000)
  try {
    return await step()
  } finally {
    clearInterval(timer)
    if (seconds() >= 1) console.log(`${isTerminal ? '\r' : ''}${label}: ${seconds()} s      `.trimEnd())
  }
}
