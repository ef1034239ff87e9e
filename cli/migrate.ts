import { loadEnvPart } from '@/lib/env'
import { ensureFirstOperator } from '@/lib/operator/ensure-first-operator'
import { connectDatabase } from '@/lib/db/client'
import { migrateDatabase } from '@/lib/db/migrate-database'

/** Brings the database up to date and, where ADMIN_EMAIL and ADMIN_PASSWORD are given, makes the first operator. */
async function migrateAndEnsureOperator(): Promise<{ createdOperator: boolean }> {
  const env = loadEnvPart('DATABASE_URL', 'ADMIN_EMAIL', 'ADMIN_PASSWORD')
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
  const told = { type: 'migrated', ...(await migrateAndEnsureOperator()) }
  if (process.send) process.send(told, () => process.disconnect())
  else console.log(JSON.stringify(told))
} catch (error) {
  console.error(`The database could not be migrated: ${(error as Error).message}`)
  process.exitCode = 1
  process.disconnect?.()
}
