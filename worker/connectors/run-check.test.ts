import { afterAll, beforeAll, expect, it } from 'vitest'
import { runConnectorCheck } from '@/lib/actions/run-connector-check'
import { newConnector } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Env } from '@/lib/env'
import { createLogger } from '@/lib/logger'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'
import { claimQueue } from '@/lib/queue/catalog'
import { listenForReplies, type Replies } from '@/lib/queue/reply'
import { createSealer } from '@/lib/secret'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { runCheck } from '@/worker/connectors/run-check'

const sealer = createSealer([{ id: 'k1', key: Buffer.alloc(32, 7) }])
const log = createLogger({ level: 'silent', process: 'test' })
let database: TestDatabase
let replies: Replies
let queue: QueueBackend
beforeAll(async () => {
  database = await createTestDatabase()
  queue = await openQueueBackend({ databaseUrl: database.url, log })
  replies = await listenForReplies({ databaseUrl: database.url, db: database.db, log })
})
afterAll(async () => {
  await replies.close()
  await queue.close()
  await database.drop()
})

it('a requested check wakes a worker, whose result the request returns; without a request nothing is checked', async () => {
  const { db } = database
  const connector = newConnector.parse({
    type: 'gateway',
    name: '网关',
    settings: { baseUrl: 'http://127.0.0.1:9' },
    secrets: { token: 't' },
    isRiskAccepted: true,
  })
  const { connectorId } = await db.transaction((tx) => createConnector(tx, { sealer, connector, applicationIds: [] }))
  const egress = createEgressPolicy({ allow: [], ownPorts: [] })
  const context = { db, sealer, log, egress, env: {} as Env }
  await runCheck(context, { connectorId })
  const consumer = queue.consume(claimQueue, { checkConnector: (job) => runCheck(context, job) }, { concurrency: 1 })
  const checked = await runConnectorCheck({ db, replies, queue, log }, { connectorId }, async () => {})
  await consumer.close()
  expect(checked.checkedAt).toEqual(checked.checkRequestedAt)
  expect(checked.problems).toHaveLength(1)
})
