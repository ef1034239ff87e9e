/**
 * Does one step of a command and tells the terminal how long it takes: nothing under a second, then a line that counts.
 * A terminal sees one line that changes each second; a log file a new line every ten.
 * @template T
 * @param {string} label what is being done: "installing packages"
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
