import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { build } from 'esbuild'
import { afterAll, beforeAll, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

/** Provides the tests of one file with the command line, bundled once into a folder of its own, and a database. */
export function useCli(name: string) {
  const outdir = `node_modules/.cache/wxbot-cli-test-${name}`
  let database: TestDatabase
  // Each command runs in its own process.
  vi.setConfig({ testTimeout: 60_000 })
  beforeAll(async () => {
    // Bundled as in production, because a start from the sources takes seconds.
    const options = { bundle: true, packages: 'external', platform: 'node', format: 'esm', splitting: true } as const
    await build({ entryPoints: ['cli/index.ts'], outdir, ...options })
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
      const child = spawn(process.execPath, [`${outdir}/index.js`, ...args], { env })
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
