import { AppError } from '@/lib/errors'
import { parseCsv } from '@/lib/parse-csv'
import { type CheckedImport, checkImportRows, type ImportColumn } from '@/lib/qun/check-import-rows'
import { maxImportRows } from '@/lib/qun/import-limits'

/** Titles of each column, in any letter case. */
const titles = {
  owner: ['owner', '群主', '群主昵称'],
  assistant: ['assistant', '助手', '助手微信号'],
  code: ['code', '群号代码', '代码'],
  name: ['name', '群名'],
} as const satisfies Record<ImportColumn, readonly string[]>

const required = ['owner', 'assistant', 'code'] as const

/**
 * Reads a CSV file of requests for groups: a line of titles in Chinese or English in any order, then one group per line.
 * @throws INVALID_PARAMETER for text that is not CSV, without the columns or rows, or with too many rows
 */
export function parseQunImport(text: string): CheckedImport {
  const filled = parseCsv(text.replace(/^\uFEFF/, ''), { maxRowChars: 10_000 }).filter(({ values }) =>
    values.some((value) => value.trim() !== ''),
  )
  const [head, ...lines] = filled
  const columns = new Map<ImportColumn, number>()
  for (const [index, title] of (head?.values ?? []).entries()) {
    const known = (Object.keys(titles) as ImportColumn[]).find((column) =>
      (titles[column] as readonly string[]).includes(title.trim().toLowerCase()),
    )
    if (known && !columns.has(known)) columns.set(known, index)
  }
  const missing = required.filter((column) => !columns.has(column))
  if (missing.length > 0) {
    const names = missing.map((column) => `${titles[column][1]} (${column})`).join(', ')
    throw new AppError('INVALID_PARAMETER', { reason: 'import_columns', params: { names }, parameter: 'content' })
  }
  if (lines.length === 0) throw new AppError('INVALID_PARAMETER', { reason: 'import_empty', parameter: 'content' })
  if (lines.length > maxImportRows) {
    const params = { max: maxImportRows }
    throw new AppError('INVALID_PARAMETER', { reason: 'import_too_many', params, parameter: 'content' })
  }
  return checkImportRows(
    lines.map(({ values, line }) => {
      const valueOf = (column: ImportColumn) => values[columns.get(column) ?? -1] ?? ''
      const [owner, assistant] = [valueOf('owner'), valueOf('assistant')]
      return { line, owner, assistant, code: valueOf('code'), name: valueOf('name') }
    }),
  )
}
