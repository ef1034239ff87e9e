import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Db, Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { type ImportColumn, type ImportProblem, parseQunImport } from '@/lib/qun/parse-qun-import'
import { requestQun } from '@/lib/qun/request-qun'
import type { Sealer } from '@/lib/secret'

/** `existing`: a group with this code, owner and assistant is there already. */
export type ImportedQun = {
  line: number
  owner: string
  assistant: string
  name: string
  outcome: 'new' | 'existing'
}
export type QunImport = { isImported: boolean; rows: ImportedQun[]; problems: ImportProblem[] }

type Options = {
  /** A CSV file. */
  text: string
  /** Only checks, and creates nothing. */
  isPreview: boolean
  nameTemplate: string
  sealer: Sealer
  /** Records a new group in the transaction that creates it. */
  record: (tx: Tx, qun: { qunId: string; owner: string; assistant: string }) => Promise<void>
}

/** Ends the transaction of a preview, or of a file with problems. */
class Undone extends Error {}

/**
 * Requests the groups of a CSV file with the checks of the API. Creates all of them or, if a row has a problem, none; their assistants
 * make the rooms afterwards. @throws INVALID_PARAMETER if the file as a whole cannot be read
 */
export async function importQuns(db: Db, options: Options): Promise<QunImport> {
  const parsed = parseQunImport(options.text)
  const outcome: QunImport = { isImported: false, rows: [], problems: [...parsed.problems] }
  const { nameTemplate, sealer, isPreview, record } = options
  try {
    await db.transaction(async (tx) => {
      for (const { line, ...request } of parsed.rows) {
        const { owner, assistant } = request
        try {
          const qun = await tx.transaction((savepoint) => requestQun(savepoint, { ...request, nameTemplate, sealer }))
          if (qun.isNew) {
            wakeRobotAfterCommit(tx, qun.robotId)
            await record(tx, { qunId: qun.id, owner, assistant })
          }
          const name = request.name ?? ''
          outcome.rows.push({ line, owner, assistant, name, outcome: qun.isNew ? 'new' : 'existing' })
        } catch (error) {
          outcome.problems.push(problemOf(error, line))
        }
      }
      if (isPreview || outcome.problems.length > 0) throw new Undone('undone')
    })
    outcome.isImported = true
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  outcome.problems.sort((a, b) => a.line - b.line)
  return outcome
}

const columnNames: readonly string[] = ['owner', 'assistant', 'code', 'name'] satisfies ImportColumn[]

function problemOf(error: unknown, line: number): ImportProblem {
  if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error
  const { parameter = '', reason, params } = error.options
  const column = columnNames.includes(parameter) ? (parameter as ImportColumn) : null
  return { line, column, sentence: params ? { reason, params } : { reason } }
}
