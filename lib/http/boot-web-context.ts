import { loadEnv } from '@/lib/env'
import { openWebContext } from './web-context'

/**
 * Opens this process's context from its environment. Where that fails the process ends with 1 and says why:
 * Next would go on without it, alive but of no use, and nobody would start it again.
 */
export async function bootWebContext(): Promise<void> {
  const env = loadEnv()
  try {
    await openWebContext(env)
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    console.error(`web cannot start, the database or the queue does not answer: ${message || code}`)
    process.exit(1)
  }
}
