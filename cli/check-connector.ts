import { createTranslator } from 'use-intl/core'
import { runConnectorCheck } from '@/lib/actions/run-connector-check'
import { recordAudit } from '@/lib/audit/record-audit'
import type { Db } from '@/lib/db/client'
import { loadEnvPart } from '@/lib/env'
import { loadMessages } from '@/lib/i18n/load-messages'
import { createLogger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { listenForReplies } from '@/lib/queue/reply'
import type { Sentence } from '@/lib/sentence'

const translate = createTranslator({ locale: 'en', messages: loadMessages('en'), namespace: 'errors.reason' })

/** Makes a worker check a connector and returns what is missing, in English. @throws when no worker answers. */
export async function checkConnector(db: Db, connectorId: string) {
  const env = loadEnvPart('DATABASE_URL', 'REDIS_URL')
  const log = createLogger({ level: 'silent', process: 'cli' })
  const queue = await openQueueBackend({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, log })
  const replies = await listenForReplies({ databaseUrl: env.DATABASE_URL, db, log })
  try {
    const checked = await runConnectorCheck({ db, queue, replies, log }, { connectorId }, (tx) =>
      recordAudit(tx, { actor: 'cli', action: 'connector.check', targetId: connectorId }),
    )
    const problems = (checked.problems ?? []).map((problem) => ({ reason: problem.reason, text: say(problem) }))
    return { connectorId, isOk: problems.length === 0, checkedAt: checked.checkedAt, problems }
  } finally {
    await replies.close()
    await queue.close()
  }
}

function say({ reason, params = {} }: Sentence): string {
  const values = Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? say(value) : value])
  return translate(reason, Object.fromEntries(values) as never)
}
