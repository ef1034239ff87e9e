/**
 * Returns a function that runs `act`, never twice at a time: calls during a run cause one further run. Its promise resolves when no run is
 * left. `act` must not throw.
 */
export function coalesce(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let isRequested = false
  async function runAll(): Promise<void> {
    while (isRequested) {
      isRequested = false
      await act()
    }
    running = null
  }
  return () => {
    isRequested = true
    running ??= runAll()
    return running
  }
}
