import { readFileSync } from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Counts the results of vitest; a test file that could not be loaded is one failure.
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
 * Counts the results of Playwright; an error outside of tests is a failure, and a test that passed on its retry is
 * counted as passed and as flaky.
 * @param {string} path of its JSON report
 * @returns {Counts & { flaky: number }}
 */
export function countPlaywright(path) {
  const report = readReport(path)
  if (!report) return { passed: 0, failed: 1, skipped: 0, flaky: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped, flaky }
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
