import { pino } from 'pino'
import type { Logger } from '@/lib/logger'

export type CapturedLine = { msg: string; [field: string]: unknown }

/** Returns a logger at level `warn` and the lines it writes. */
export function captureLog(): { log: Logger; lines: CapturedLine[] } {
  const lines: CapturedLine[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line) as CapturedLine) })
  return { log, lines }
}
