import { readFileSync } from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, status: string, assertionResults: Array<{ status: string, fullName: string }> }} TestFile
 */

/**
 * Counts the results of vitest; a test file that could not be loaded is one failure.
 * @param {string} path of its JSON report
 * @param {string[]} [without] files that are not counted
 * @returns {Counts}
 */
export function countVitest(path, without = []) {
  const report = readReport(path)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of /** @type {TestFile[]} */ (report.testResults)) {
    if (without.includes(file.name)) continue
    for (const { status } of file.assertionResults)
      counts[status === 'passed' || status === 'failed' ? status : 'skipped']++
    if (isBroken(file)) counts.failed++
  }
  return counts
}

/**
 * Returns the failed tests of vitest's report by file; a file that could not be loaded has none.
 * @param {string} path of its JSON report
 * @returns {Array<{ file: string, tests: string[] }>}
 */
export function listVitestFailures(path) {
  /** @type {TestFile[]} */
  const files = readReport(path)?.testResults ?? []
  return files
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => ({
      file: name,
      tests: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    }))
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

/**
 * Reads a JSON report; undefined: the runner crashed before it wrote one.
 * @param {string} path
 */
export function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {TestFile} file */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((result) => result.status === 'failed')
}
