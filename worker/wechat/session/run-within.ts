import { createContext, Script } from 'node:vm'

const sandbox: { act: (() => void) | null } = { act: null }
const context = createContext(sandbox)
const script = new Script('act()')

/**
 * Runs a synchronous parser of foreign input for up to `timeoutMs`, because this thread also renews the leases of all robots.
 * `act` may be interrupted at any point, so it must not change state. Costs about 0.1 ms.
 * @throws what `act` throws, or an error with code ERR_SCRIPT_EXECUTION_TIMEOUT
 */
export function runWithin<T>(timeoutMs: number, act: () => T): T {
  const outcome: { value?: T } = {}
  sandbox.act = () => {
    outcome.value = act()
  }
  try {
    script.runInContext(context, { timeout: timeoutMs })
    return outcome.value as T
  } finally {
    sandbox.act = null
  }
}
