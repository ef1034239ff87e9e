import { pino } from 'pino'
import type { Logger } from '@/lib/logger'

export type CapturedLine = { msg: string; [field: string]: unknown }

/** Returns a logger at level `warn` and the lines it writes, parsed and as text. */
export function captureLog(): { log: Logger; lines: CapturedLine[]; texts: string[] } {
  const lines: CapturedLine[] = []
  const texts: string[] = []
  const write = (line: string) => {
    texts.push(line)
    lines.push(JSON.parse(line) as CapturedLine)
  }
  return { log: pino({ level: 'warn' }, { write }), lines, texts }
}
