import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countPlaywright, countVitest, listVitestFailures } from './count-results.mjs'

const folder = mkdtempSync(join(tmpdir(), 'wxbot-count-'))
afterAll(() => rmSync(folder, { recursive: true }))

function report(content: unknown) {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

describe('the result line', () => {
  it('counts a test file that could not be loaded as a failure', () => {
    const results = ['failed', 'passed', 'pending', 'todo'].map((status) => ({ status, fullName: `is ${status}` }))
    const loaded = { name: '/a.test.ts', status: 'failed', assertionResults: results }
    const broken = { name: '/b.test.ts', status: 'failed', assertionResults: [] }
    const path = report({ testResults: [loaded, broken] })
    expect(countVitest(path)).toEqual({ passed: 1, failed: 2, skipped: 2 })
    expect(countVitest(path, ['/a.test.ts'])).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(listVitestFailures(path)).toEqual([
      { file: '/a.test.ts', tests: ['is failed'] },
      { file: '/b.test.ts', tests: [] },
    ])
  })

  it('counts a test that passed only on a retry as passed and as flaky', () => {
    const content = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }, errors: [] }
    expect(countPlaywright(report(content))).toEqual({ passed: 4, failed: 0, skipped: 0, flaky: 1 })
  })

  it.each([countVitest, countPlaywright])('counts a runner without a report as a failure (%#)', (count) => {
    expect(count(join(folder, 'none.json'))).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
  })
})
