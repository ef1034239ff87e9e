import { runConnectorCheck } from '@/lib/actions/run-connector-check'
import { recordAudit } from '@/lib/audit/record-audit'
import { isCheckPassed } from '@/lib/connector/is-check-passed'
import type { Db } from '@/lib/db/client'
import { openWorkerCalls } from '@/cli/open-worker-calls'
import { saySentence } from '@/cli/say-sentence'

/** Requests a check of a connector from a worker and returns the problems found; the exit code is 1 if one is more than a warning. @throws when no worker responds. */
export async function checkConnector(db: Db, connectorId: string) {
  const calls = await openWorkerCalls(db)
  try {
    const checked = await runConnectorCheck(calls.context, { connectorId }, (tx) =>
      recordAudit(tx, { actor: 'cli', action: 'connector.check', targetId: connectorId }),
    )
    const problems = (checked.problems ?? []).map((problem) => ({ reason: problem.reason, text: saySentence(problem) }))
    const isOk = isCheckPassed(problems)
    if (!isOk) process.exitCode = 1
    return { connectorId, isOk, checkedAt: checked.checkedAt, problems }
  } finally {
    await calls.close()
  }
}
