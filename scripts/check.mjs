// `npm run check`: runs every check, even after a failure, so that one run reports all failures.
import { spawnSync } from 'node:child_process'
import { rootDir } from './bootstrap/paths.mjs'
import { runMain } from './bootstrap/plain-error.mjs'
import { installPackagesIfStale } from './bootstrap/install-packages.mjs'

const CHECKS = [
  'check:lock',
  'check:env',
  'check:references',
  'check:format',
  'check:lint',
  'check:types',
  'check:unused',
]

await runMain(async () => {
  await installPackagesIfStale()
  const failed = CHECKS.filter((name) => {
    const startedMs = Date.now()
    const isGood = spawnSync('npm', ['run', '-s', name], { cwd: rootDir, stdio: 'inherit' }).status === 0
    console.log(`${isGood ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`)
    return !isGood
  })
  console.log(failed.length ? `${failed.length} of ${CHECKS.length} checks failed` : 'all checks passed')
  process.exitCode = failed.length ? 1 : 0
})
