import { explainError } from '@/lib/describe-error'
import { loadEnvPart } from '@/lib/env'
import { ensureFirstOperator } from '@/lib/operator/create-operator'
import { connectDatabase } from '@/lib/db/client'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { requireServers } from '@/lib/queue/probe-servers'

/** Migrates the database and creates the first operator if ADMIN_EMAIL and ADMIN_PASSWORD are set. */
async function migrateAndEnsureOperator(): Promise<{ createdOperator: boolean }> {
  const env = loadEnvPart('DATABASE_URL', 'ADMIN_EMAIL', 'ADMIN_PASSWORD')
  await requireServers({ DATABASE_URL: env.DATABASE_URL, REDIS_URL: undefined })
  await migrateDatabase(env.DATABASE_URL)
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = env
  if (!email || !password) return { createdOperator: false }
  const database = connectDatabase(env.DATABASE_URL, { maxConnections: 1 })
  try {
    const { isCreated } = await ensureFirstOperator(database.db, { email, password })
    return { createdOperator: isCreated }
  } finally {
    await database.close()
  }
}

try {
  const result = { type: 'migrated', ...(await migrateAndEnsureOperator()) }
  if (process.send) process.send(result, () => process.disconnect())
  else console.log(JSON.stringify(result))
} catch (error) {
  console.error(`The database could not be migrated: ${explainError(error)}`)
  process.exitCode = 1
  process.disconnect?.()
}
