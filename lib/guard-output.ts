import { inspect } from 'node:util'
import { describeError } from '@/lib/describe-error'
import type { Logger } from '@/lib/logger'

const methods = ['error', 'warn', 'log', 'info', 'debug', 'trace'] as const

/**
 * Keeps values of rows and parameters out of the output of this process: errors that libraries print (Next prints errors of
 * pages), and uncaught errors, which are logged before the process exits with 1.
 */
export function guardOutput(log: Logger): void {
  for (const method of methods) {
    const write = console[method].bind(console)
    console[method] = (...args: unknown[]) => write(...args.map((value) => safeValue(value)))
  }
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception')
    process.exit(1)
  })
}

function safeValue(value: unknown): unknown {
  if (value instanceof Error) return inspect(describeError(value), { depth: 6, breakLength: Infinity })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value)
  if (!entries.some(([, inner]) => inner instanceof Error)) return value
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, inner instanceof Error ? describeError(inner) : inner]),
  )
}
