import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Node 20 lacks Map.groupBy, and vitest 5 needs it to print why a test failed.
if (!('groupBy' in Map)) Object.assign(Map, { groupBy })

function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item, index: number) => Key) {
  const groups = new Map<Key, Item[]>()
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
    projects: [
      // These files leave nothing behind in their process: one process runs many of them, which halves their processor time.
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['{lib,app,components,simulator,scripts}/**/*.test.{ts,tsx}'],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'isolated', include: ['{worker,web,cli,bench}/**/*.test.ts'] } },
    ],
    globalSetup: './lib/testing/global-setup.ts',
    pool: 'forks',
    // Most tests wait for Postgres, a socket or a timer: more of them than processors keep the processors busy.
    maxWorkers: availableParallelism() + 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
