import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, vi } from 'vitest'
import { bundlePrograms } from '@/lib/testing/bundle-programs'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

/** Provides the tests of one file with the command line, bundled once, and a database. */
export function useCli() {
  let program: string
  let database: TestDatabase
  // Each command runs in its own process.
  vi.setConfig({ testTimeout: 180_000 })
  beforeAll(async () => {
    program = (await bundlePrograms('cli')).cli
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  return {
    get db() {
      return database.db
    },
    get sql() {
      return database.sql
    },
    get databaseUrl() {
      return database.url
    },
    async run(args: string[], stdin = '', more: Record<string, string> = {}) {
      const env = {
        NODE_ENV: 'test' as const,
        PATH: process.env['PATH'],
        DATABASE_URL: database.url,
        EGRESS_ALLOW: '127.0.0.0/8',
        ENCRYPTION_KEY: `k1:${Buffer.from('0123456789abcdef0123456789ABCDEF').toString('base64')}`,
        ...more,
      }
      const child = spawn(process.execPath, [program, ...args], { env })
      child.stdin.end(stdin)
      const [stdout, stderr, code] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        new Promise<number | null>((resolve) => child.once('close', resolve)),
      ])
      return { stdout, stderr, code, json: () => JSON.parse(stdout) as Record<string, unknown> }
    },
  }
}
