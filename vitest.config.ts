import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Node 20 lacks Map.groupBy, and vitest 5 needs it to print why a test failed.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map()
  let index = 0
  for (const item of items) {
    const key = keyOf(item, index++)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{lib,app,worker,web,cli,simulator,scripts,bench}/**/*.test.{ts,tsx}'],
    globalSetup: './lib/testing/global-setup.ts',
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
