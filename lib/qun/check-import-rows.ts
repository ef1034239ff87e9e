import { z } from 'zod'
import { maxNameLength, qunName, qunRequest } from '@/lib/qun/qun-fields'
import type { QunRequest } from '@/lib/qun/request-qun'
import { type Sentence, sentenceOf } from '@/lib/sentence'

export type ImportColumn = 'owner' | 'assistant' | 'code' | 'name'
/** Values of a row; "": none. `line`: of the file, as an editor counts, or the index in a list. */
export type ImportCandidate = Record<ImportColumn, string> & { line: number }
/** What is wrong with a value; `column` null: the row as a whole. */
export type ImportProblem = { line: number; column: ImportColumn | null; sentence: Sentence }
export type ImportRow = QunRequest & { line: number }
export type CheckedImport = { rows: ImportRow[]; problems: ImportProblem[] }

const rowShape = z.object({ ...qunRequest, name: z.union([z.literal(''), qunName]) })

/** Checks the form of each value of requested groups. A row is in `rows` or has problems, never both. */
export function checkImportRows(candidates: readonly ImportCandidate[]): CheckedImport {
  const rows: ImportRow[] = []
  const problems: ImportProblem[] = []
  for (const { line, owner, assistant, code, name } of candidates) {
    const values = { owner: owner.trim(), assistant: assistant.trim(), code: code.trim(), name: name.trim() }
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
