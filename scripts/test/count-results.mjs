import { readFileSync } from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Counts what vitest reports: each test once, and a file that could not even be loaded as one failure.
 * @param {string} path of its JSON report
 * @returns {Counts}
 */
export function countVitest(path) {
  const report = readReport(path)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  /** @type {Array<{ status: string, assertionResults: Array<{ status: string }> }>} */
  const files = report.testResults
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0)
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, skipped }
}

/**
 * Counts what Playwright reports. A test that passed only on a retry has failed; errors outside of tests are failures.
 * @param {string} path of its JSON report
 * @returns {Counts}
 */
export function countPlaywright(path) {
  const report = readReport(path)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped }
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
