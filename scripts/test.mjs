// `npm test`: runs all tests on any machine, installs what is missing, and reports what it cannot run.
// The last line is the result: "N passed, N failed[, N skipped]".
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { checkNode } from './bootstrap/check-node.mjs'
import { installPackagesIfStale } from './bootstrap/install-packages.mjs'
import { rootDir } from './bootstrap/paths.mjs'
import { runMain } from './bootstrap/plain-error.mjs'
import { countPlaywright, countVitest, listVitestFailures } from './test/count-results.mjs'
import { formatSlowest, playwrightDurations, vitestDurations } from './test/list-slowest-files.mjs'

checkNode()
const folder = mkdtempSync(join(tmpdir(), 'wxbot-test-'))
/** @type {Array<() => Promise<void>>} */
const stops = []
/** @type {string[]} */
const remarks = []
/** @type {import('./test/list-slowest-files.mjs').FileDuration[]} */
const durations = []
/** Maximum failed files that are retried; more have a common cause, which a retry would only hide. */
const maxRetriedFiles = 5

await runMain(async () => {
  try {
    await installPackagesIfStale()
    const env = await startServers()
    const isOnlyE2e = process.argv.includes('--only=e2e')
    const suites = [...(isOnlyE2e ? [] : [await runVitest(env)]), await runPlaywright(env)]
    const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ name) =>
      suites.reduce((total, counts) => total + counts[name], 0)
    console.log(`slowest test files:\n${formatSlowest(durations)}`)
    for (const remark of remarks) console.log(remark)
    const skipped = sum('skipped')
    console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`)
    process.exitCode = sum('failed') > 0 ? 1 : 0
  } finally {
    for (const stop of stops.reverse()) await stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Starts the servers that the suites share: Postgres, and Redis if the machine has one. */
async function startServers() {
  const { startEmbeddedPostgres } = await import('./embedded-postgres.mjs')
  const { startRedis } = await import('./start-redis.mjs')
  const { findChromium } = await import('./test/find-chromium.mjs')
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const postgres = await startEmbeddedPostgres({ dataDir: folder, password: 'tests', settings })
  stops.push(() => postgres.stop())
  const redis = process.env['REDIS_URL'] ? undefined : await startRedis()
  if (redis) stops.push(redis.stop)
  const redisUrl = process.env['REDIS_URL'] || redis?.url || ''
  if (!redisUrl) remarks.push('The queue was tested on Postgres only: there is no redis-server here and no REDIS_URL.')
  const chromium = (await findChromium()) ?? ''
  return { TEST_DATABASE_URL: postgres.url, TEST_REDIS_URL: redisUrl, CHROMIUM_PATH: chromium }
}

/** @param {Record<string, string>} env */
async function runVitest(env) {
  const report = join(folder, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await runTool('vitest/vitest.mjs', args, env)
  durations.push(...vitestDurations(report))
  const failures = listVitestFailures(report)
  if (process.env['CI'] && failures.length > 0 && failures.length <= maxRetriedFiles)
    return retryVitest(env, report, failures)
  remarkFailures('failed', failures)
  return checked('vitest', code, countVitest(report))
}

/**
 * Runs the failed files once more, one at a time: a shared machine can starve one of many files. Names every failure of
 * the first run, so that a test that needs its retry stays visible.
 * @param {Record<string, string>} env
 * @param {string} firstReport
 * @param {ReturnType<typeof listVitestFailures>} failures
 */
async function retryVitest(env, firstReport, failures) {
  const report = join(folder, 'vitest-retry.json')
  const files = failures.map(({ file }) => file)
  console.log(`once more, alone: ${files.map((file) => relative(rootDir, file)).join(' ')}`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await runTool('vitest/vitest.mjs', ['run', '--maxWorkers=1', ...reporters, ...files], env)
  remarkFailures('failed in the first run', failures)
  remarkFailures('failed alone', listVitestFailures(report))
  const first = countVitest(firstReport, files)
  const retried = checked('vitest', code, countVitest(report))
  return {
    passed: first.passed + retried.passed,
    failed: first.failed + retried.failed,
    skipped: first.skipped + retried.skipped,
  }
}

/**
 * @param {string} outcome
 * @param {ReturnType<typeof listVitestFailures>} failures
 */
function remarkFailures(outcome, failures) {
  for (const { file, tests } of failures) {
    const name = relative(rootDir, file)
    remarks.push(...(tests.length > 0 ? tests : ['the file']).map((test) => `${outcome}: ${name} › ${test}`))
  }
}

/** @param {Record<string, string>} env */
async function runPlaywright(env) {
  const { buildProduct } = await import('./build.mjs')
  await buildProduct({ onlyIfStale: true })
  const report = join(folder, 'playwright.json')
  const withReport = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const run = (/** @type {string[]} */ args) => runTool('@playwright/test/cli.js', ['test', ...args], withReport)
  if (env['CHROMIUM_PATH']) {
    const code = await run(['--reporter=line,json'])
    const counts = countPlaywright(report)
    durations.push(...playwrightDurations(report))
    if (counts.flaky > 0)
      remarks.push(`${counts.flaky} browser tests failed once and passed on their retry (see above).`)
    return checked('playwright', code, counts)
  }

  // --list writes the same report without running tests, which gives the number of skipped tests.
  await run(['--list', '--reporter=json', '--project=desktop', '--project=phone'])
  const { skipped } = countPlaywright(report)
  remarks.push(
    `${skipped} browser tests were skipped: there is no Chromium here. Install one (Debian: apt-get install chromium; anywhere: npx playwright install chromium) or set CHROMIUM_PATH.`,
  )
  const served = checked('playwright', await run(['--reporter=line,json', '--project=server']), countPlaywright(report))
  return { ...served, skipped: served.skipped + skipped }
}

/**
 * Adds a failure when a runner crashed or ran no tests.
 * @param {string} name
 * @param {number} code
 * @param {import('./test/count-results.mjs').Counts} counts
 */
function checked(name, code, counts) {
  if (counts.passed + counts.failed === 0) remarks.push(`${name} ran no tests: counted as a failure.`)
  else if (code === 0 || counts.failed > 0) return counts
  else remarks.push(`${name} ended with code ${code} although no test failed: counted as a failure.`)
  return { ...counts, failed: counts.failed + 1 }
}

/**
 * @param {string} script in node_modules
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
async function runTool(script, args, env) {
  const child = spawn(process.execPath, [join(rootDir, 'node_modules', script), ...args], {
    cwd: rootDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  return Number(code ?? 1)
}
