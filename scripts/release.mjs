// `npm run release -- 0.2.0`: gives the "Unreleased" section of CHANGELOG.md a version and a date, sets the version of
// package.json, commits and tags both. It does not push.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'
import { releaseChangelog } from './release/release-changelog.mjs'

const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
  execFileSync(command, args, { cwd: rootDir, encoding: 'utf8' })

await runMain(async () => {
  const version = process.argv[2] ?? ''
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new PlainError('Say which version: npm run release -- 0.2.0')
  if (run('git', 'status', '--porcelain').trim())
    throw new PlainError('There are uncommitted changes: commit them first.')
  const path = join(rootDir, 'CHANGELOG.md')
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(path, releaseChangelog(readFileSync(path, 'utf8'), { version, date }))
  run('npm', 'version', version, '--no-git-tag-version')
  run('git', 'commit', '-q', '-m', `chore(release): ${version}`, 'CHANGELOG.md', 'package.json', 'package-lock.json')
  run('git', 'tag', '-a', `v${version}`, '-m', `wxbot ${version}`)
  console.log(`tagged v${version}; publish it with: git push --follow-tags`)
})
