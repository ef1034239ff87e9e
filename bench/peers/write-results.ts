import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { percentile } from '@/bench/callbacks/percentile'

type Results = {
  /** Name of the file in `bench/results`, without its ending. */
  name: string
  title: string
  command: string
  /** Columns and rows of the table; the first column names what is measured. */
  columns: string[]
  rows: string[][]
  /** Paragraphs after the table. */
  notes: string[]
  /** Load average over one minute when the run began. */
  loadBefore: number
}

/** Writes a run to `bench/results` as Markdown, with the load of the machine, and prints it. */
export function writeResults({ name, title, command, columns, rows, notes, loadBefore }: Results): void {
  const file = join(import.meta.dirname, `../results/${name}.md`)
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  const date = new Date().toISOString().slice(0, 10)
  const load = `${loadBefore.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after the run`
  const text = [
    `# ${title}`,
    `\`${command}\` on ${availableParallelism()} shared cores with Node ${process.versions.node}, ${date}. Load average: ${load}.`,
    [row(columns), row(columns.map(() => '---')), ...rows.map(row)].join('\n'),
    ...notes,
  ].join('\n\n')
  writeFileSync(file, `${text}\n`)
  execFileSync('npx', ['prettier', '--write', '--log-level=warn', file])
  console.log(text)
}

/** Returns the median and the range of some values: `12 (10–15)`. */
export function describeValues(values: readonly number[], digits = 0): string {
  const [least, median, most] = [0, 0.5, 1].map((share) => percentile(values, share).toFixed(digits))
  return `${median} (${least}–${most})`
}
