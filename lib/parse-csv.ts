import { CsvError, parse } from 'csv-parse/sync'
import { AppError } from '@/lib/errors'

export type CsvRow = { values: string[]; line: number }

/**
 * Parses CSV with a maximum of `maxRowChars` characters a row; empty lines are skipped, and rows may have any number of values. `line` is the
 * line where the row ends, as an editor counts. @throws INVALID_PARAMETER naming `content`
 */
export function parseCsv(text: string, { maxRowChars }: { maxRowChars: number }): CsvRow[] {
  const options = {
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: maxRowChars,
  } as const
  try {
    const rows = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ values: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const params = { cause: error.message.slice(0, 200) }
    throw new AppError('INVALID_PARAMETER', { reason: 'csv_invalid', params, parameter: 'content', cause: error })
  }
}
