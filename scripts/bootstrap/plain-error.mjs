/** An error whose message is sufficient for the operator; it is printed without a stack. */
export class PlainError extends Error {}

/**
 * Runs a command's main function. Prints a thrown error and ends the process with code 1: a PlainError as its message
 * only, other errors with their stack.
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
