import { relative } from 'node:path'
import { rootDir } from '../bootstrap/paths.mjs'
import { readReport } from './count-results.mjs'

/** @typedef {{ file: string, seconds: number }} FileDuration */
/** @typedef {{ file: string, specs?: Array<{ tests: PlaywrightTest[] }>, suites?: Suite[] }} Suite */
/** @typedef {{ projectName: string, results: Array<{ duration: number }> }} PlaywrightTest */

/**
 * Returns how long each test file of vitest took, from its JSON report.
 * @param {string} path
 * @returns {FileDuration[]}
 */
export function vitestDurations(path) {
  /** @type {Array<{ name: string, startTime: number, endTime: number }>} */
  const files = readReport(path)?.testResults ?? []
  return files.map(({ name, startTime, endTime }) => ({
    file: relative(rootDir, name),
    seconds: (endTime - startTime) / 1000,
  }))
}

/**
 * Returns how long the tests of each file and project of Playwright took with their retries, from its JSON report.
 * @param {string} path
 * @returns {FileDuration[]}
 */
export function playwrightDurations(path) {
  /** @type {Map<string, number>} */
  const seconds = new Map()
  const add = (/** @type {Suite} */ suite) => {
    for (const { projectName, results } of suite.specs?.flatMap(({ tests }) => tests) ?? []) {
      const file = `e2e/${suite.file} (${projectName})`
      const durationMs = results.reduce((sum, { duration }) => sum + duration, 0)
      seconds.set(file, (seconds.get(file) ?? 0) + durationMs / 1000)
    }
    suite.suites?.forEach(add)
  }
  readReport(path)?.suites.forEach(add)
  return [...seconds].map(([file, each]) => ({ file, seconds: each }))
}

/**
 * Formats the files that took longest, so that the cost of tests stays visible.
 * @param {FileDuration[]} durations
 */
export function formatSlowest(durations, count = 15) {
  const slowest = durations.toSorted((a, b) => b.seconds - a.seconds).slice(0, count)
  return slowest.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}`).join('\n')
}
