/**
 * Makes calls of `act` fall into one: never two at a time, and one more run after the last call.
 * Answers a promise of the moment when nothing is left to run. `act` must not throw.
 */
export function coalesce(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let isWanted = false
  async function runUntilQuiet(): Promise<void> {
    while (isWanted) {
      isWanted = false
      await act()
    }
    running = null
  }
  return () => {
    isWanted = true
    running ??= runUntilQuiet()
    return running
  }
}
