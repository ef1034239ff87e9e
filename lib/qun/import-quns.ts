import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Db, Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import type { CheckedImport, ImportColumn, ImportProblem } from '@/lib/qun/check-import-rows'
import { requestQun } from '@/lib/qun/request-qun'
import type { RobotScope } from '@/lib/robot/robot-scope'
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
  /** The rows of `parseQunImport` or `checkImportRows`. */
  checked: CheckedImport
  /** Whose assistants the rows may name; missing: those of all applications. */
  scope?: RobotScope
  /** Only checks, and creates nothing. */
  isPreview: boolean
  nameTemplate: string
  sealer: Sealer
  /** Records a new group in the transaction that creates it. */
  record: (tx: Tx, qun: { qunId: string; owner: string; assistant: string }) => Promise<void>
}

/** Ends the transaction of a preview, or of rows with problems. */
class Undone extends Error {}

/**
 * Requests many groups with the checks of one. Creates all of them or, if a row has a problem, none; their assistants make the rooms
 * afterwards.
 */
export async function importQuns(db: Db, options: Options): Promise<QunImport> {
  const { checked, scope, nameTemplate, sealer, isPreview, record } = options
  const outcome: QunImport = { isImported: false, rows: [], problems: [...checked.problems] }
  try {
    await db.transaction(async (tx) => {
      for (const { line, ...request } of checked.rows) {
        const { owner, assistant } = request
        try {
          const qun = await tx.transaction((savepoint) =>
            requestQun(savepoint, { ...request, scope, nameTemplate, sealer }),
          )
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
