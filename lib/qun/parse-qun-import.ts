import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { parseCsv } from '@/lib/parse-csv'
import { maxImportRows } from '@/lib/qun/import-limits'
import { maxNameLength, qunName, qunRequest } from '@/lib/qun/qun-fields'
import type { QunRequest } from '@/lib/qun/request-qun'
import { type Sentence, sentenceOf } from '@/lib/sentence'

/** Titles of each column, in any letter case. */
const titles = {
  owner: ['owner', '群主', '群主昵称'],
  assistant: ['assistant', '助手', '助手微信号'],
  code: ['code', '群号代码', '代码'],
  name: ['name', '群名'],
} as const

export type ImportColumn = keyof typeof titles
/** What is wrong with a value; `line` as an editor counts, `column` null: the row as a whole. */
export type ImportProblem = { line: number; column: ImportColumn | null; sentence: Sentence }
export type ImportRow = QunRequest & { line: number }

const rowShape = z.object({ ...qunRequest, name: z.union([z.literal(''), qunName]) })
const required = ['owner', 'assistant', 'code'] as const

/**
 * Reads a CSV file of requests for groups: a line of titles in Chinese or English in any order, then one group per line. A row is in
 * `rows` or has problems, never both.
 * @throws INVALID_PARAMETER for text that is not CSV, without the columns or rows, or with too many rows
 */
export function parseQunImport(text: string): { rows: ImportRow[]; problems: ImportProblem[] } {
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
  const rows: ImportRow[] = []
  const problems: ImportProblem[] = []
  for (const { values: cells, line } of lines) {
    const valueOf = (column: ImportColumn) => cells[columns.get(column) ?? -1]?.trim() ?? ''
    const values = {
      owner: valueOf('owner'),
      assistant: valueOf('assistant'),
      code: valueOf('code'),
      name: valueOf('name'),
    }
    const parsed = rowShape.safeParse(values)
    if (parsed.success) rows.push({ ...parsed.data, name: parsed.data.name || undefined, line })
    else problems.push(...parsed.error.issues.map((issue) => describe(issue, values, line)))
  }
  return { rows, problems }
}

function describe(issue: z.core.$ZodIssue, values: Record<ImportColumn, string>, line: number): ImportProblem {
  const column = issue.path[0] as ImportColumn
  const params = (issue.code === 'custom' ? issue.params : undefined) ?? {}
  if (column === 'name' && [...values.name].length > maxNameLength)
    return { line, column, sentence: sentenceOf('import_too_long', { max: maxNameLength }) }
  if (params['rule'] === 'required') return { line, column, sentence: sentenceOf('import_required') }
  if (params['rule'] === 'tooLong')
    return { line, column, sentence: sentenceOf('import_too_long', { max: Number(params['max']) }) }
  return { line, column, sentence: sentenceOf('import_characters') }
}
