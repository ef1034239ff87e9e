// `npm run check:migrations`: checks that the code of the previous release works on the schema of each new migration.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from './bootstrap/paths.mjs'
import { findUnsafeStatements } from './migrations/find-unsafe-statements.mjs'
import { olderMigrations } from './migrations/older-migrations.mjs'

const folder = join(rootDir, 'drizzle')
const read = (/** @type {string} */ file) => readFileSync(join(rootDir, file), 'utf8')
const releases = [...read('CHANGELOG.md').matchAll(/^## (\d+\.\d+\.\d+) /gm)].map(([, version = '']) => version)
const problems = readdirSync(folder)
  .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
  .flatMap((file) => {
    const unsafe = findUnsafeStatements(read(`drizzle/${file}`), { releases })
    const allowed = olderMigrations[file] ?? 0
    if (unsafe.length === allowed) return []
    return unsafe.length > 0 ? unsafe.map((problem) => `drizzle/${file}: ${problem}`) : [`drizzle/${file} was changed`]
  })
for (const problem of problems) console.error(problem)
if (problems.length > 0) console.error('See docs/upgrading.md, "Migrations that old code survives".')
process.exitCode = problems.length > 0 ? 1 : 0
