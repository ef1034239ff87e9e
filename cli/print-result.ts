import Table from 'cli-table3'

export type Result = Record<string, unknown>

/** Columns of each list of a result, by the list's name. JSON always contains all fields. */
export type Columns = Record<string, readonly string[]>

/** Formats a result as one JSON object, or as lines and tables for a terminal. */
export function formatResult(result: Result, { isJson, columns = {} }: { isJson: boolean; columns?: Columns }): string {
  if (isJson) return JSON.stringify(result)
  return Object.entries(result)
    .map(([name, value]) => formatEntry(name, value, columns[name]))
    .join('\n')
}

function formatEntry(name: string, value: unknown, columns: readonly string[] | undefined): string {
  if (isRowList(value)) return value.length > 0 ? formatTable(value, columns) : `no ${words(name)}`
  if (isRecord(value))
    return Object.entries(value)
      .map(([field, inner]) => `${words(field)}: ${formatValue(inner)}`)
      .join('\n')
  return `${words(name)}: ${formatValue(value)}`
}

const frame = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
]

/** Without border lines, so that `awk` can read it. The library pads Chinese by its display width. */
function formatTable(rows: Result[], columns: readonly string[] = Object.keys(rows[0] ?? {})): string {
  const none = Object.fromEntries(frame.map((name) => [name, '']))
  const table = new Table({
    head: columns.map((column) => words(column).toUpperCase()),
    chars: { ...none, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  for (const row of rows) table.push(columns.map((column) => formatValue(row[column])))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value) && !value.some(isRecord)) return value.length > 0 ? value.map(formatValue).join(', ') : '-'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // A nickname must not move the cursor or start a new row.
  return text.replaceAll(/\p{Cc}/gu, '\u{fffd}')
}

const isRecord = (value: unknown): value is Result =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** An empty list counts as a list of rows: except for companions, no top-level list of values can be empty. */
const isRowList = (value: unknown): value is Result[] => Array.isArray(value) && value.every(isRecord)

/** `callbackUrl` → `callback url`. */
function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
