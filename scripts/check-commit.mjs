// Checks the commit subject for the commit-msg hook: a Conventional Commit with a maximum of 72 characters.
import { readFileSync } from 'node:fs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'

const TYPES = 'build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test'

await runMain(async () => {
  const [subject = ''] = readFileSync(process.argv[2] ?? '', 'utf8').split('\n')
  if (/^(Merge|Revert|fixup!|squash!) ?/.test(subject)) return
  if (!new RegExp(`^(${TYPES})(\\([\\w-]+\\))?!?: \\S`).test(subject))
    throw new PlainError(
      `The subject must be "type(scope): what it does", the type one of ${TYPES.replaceAll('|', ', ')}.`,
    )
  if (subject.length > 72) throw new PlainError(`The subject has ${subject.length} characters; the maximum is 72.`)
})
