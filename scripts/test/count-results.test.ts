import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countPlaywright, countVitest } from './count-results.mjs'

const folder = mkdtempSync(join(tmpdir(), 'wxbot-count-'))
afterAll(() => rmSync(folder, { recursive: true }))

function report(content: unknown) {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

describe('the counting line', () => {
  it('counts a test file that could not be loaded as a failure', () => {
    const loaded = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }
    const broken = { status: 'failed', assertionResults: [] }
    const content = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 2, testResults: [loaded, broken] }
    expect(countVitest(report(content))).toEqual({ passed: 1, failed: 2, skipped: 2 })
  })

  it('counts a test that needed a second try as a failure', () => {
    const content = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }, errors: [] }
    expect(countPlaywright(report(content))).toEqual({ passed: 3, failed: 1, skipped: 0 })
  })

  it.each([countVitest, countPlaywright])('counts a runner that left no report as a failure (%#)', (count) => {
    expect(count(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})
