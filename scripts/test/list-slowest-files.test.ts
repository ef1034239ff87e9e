import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { formatSlowest, playwrightDurations, vitestDurations } from './list-slowest-files.mjs'

const folder = mkdtempSync(join(tmpdir(), 'wxbot-slowest-'))
afterAll(() => rmSync(folder, { recursive: true }))

function report(content: unknown) {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

it('lists the slowest files, and browser tests with their retries once per project', () => {
  const vitest = vitestDurations(
    report({ testResults: [{ name: join(process.cwd(), 'lib/a.test.ts'), startTime: 1000, endTime: 3500 }] }),
  )
  const test = (projectName: string, ...durations: number[]) => ({
    projectName,
    results: durations.map((duration) => ({ duration })),
  })
  const inner = { file: 'b.spec.ts', specs: [{ tests: [test('desktop', 500)] }] }
  const specs = [{ tests: [test('desktop', 9000, 1000), test('phone', 2000)] }]
  const playwright = playwrightDurations(report({ suites: [{ file: 'b.spec.ts', specs, suites: [inner] }] }))
  expect(formatSlowest([...vitest, ...playwright], 2)).toBe(
    '   10.5 s  e2e/b.spec.ts (desktop)\n    2.5 s  lib/a.test.ts',
  )
  expect(vitestDurations(join(folder, 'none.json'))).toEqual([])
})
