/** An error whose message is the whole story for the person at the terminal: printed without a stack. */
export class PlainError extends Error {}

/**
 * Runs a command's main function, prints what it throws and ends the process with code 1.
 * A PlainError is printed as its message alone, anything else with its stack.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main()
  } catch (error) {
    process.exitCode = 1
    console.error(error instanceof PlainError ? `\n${error.message}\n` : error)
  }
}
