import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { startEmbeddedPostgres } from '@/scripts/embedded-postgres.mjs'
import { startRedis } from '@/scripts/start-redis.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: { adminUrl: string; templateName: string; redisUrl: string | undefined }
  }
}

/** Test databases are temporary: durability is not needed. */
const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Provides a Postgres with one migrated template database, and a Redis if the machine has one.
 * Uses TEST_DATABASE_URL and TEST_REDIS_URL if set (`npm test` sets them), otherwise starts its own servers.
 */
export default async function prepareServers(project: TestProject) {
  const stops: Array<() => Promise<void>> = []
  const adminUrl = process.env['TEST_DATABASE_URL'] ?? (await startPostgres(stops))
  const redisUrl = process.env['TEST_REDIS_URL'] || (await startOwnRedis(stops))
  const templateName = `wxbot_template_${randomBytes(6).toString('hex')}`

  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${templateName}`)
  const templateUrl = new URL(adminUrl)
  templateUrl.pathname = templateName
  await migrateDatabase(templateUrl.href)
  project.provide('testServer', { adminUrl, templateName, redisUrl })

  return async function stopServers() {
    await admin.unsafe(`drop database if exists ${templateName} with (force)`)
    await admin.end()
    for (const stop of stops.reverse()) await stop()
  }
}

async function startPostgres(stops: Array<() => Promise<void>>): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-tests-'))
  stops.push(async () => rmSync(dataDir, { recursive: true, force: true }))
  const server = await startEmbeddedPostgres({ dataDir, password: 'tests', settings: fastSettings })
  stops.push(() => server.stop())
  return server.url
}

async function startOwnRedis(stops: Array<() => Promise<void>>): Promise<string | undefined> {
  const server = await startRedis()
  if (server) stops.push(server.stop)
  return server?.url
}
