import { readFileSync, writeFileSync } from 'node:fs'
import { listVariables } from '@/lib/env'

// `npm run env:example` writes .env.example from lib/env.ts; with --check it only reports a difference.

const path = '.env.example'
const head = `# Generated from lib/env.ts by "npm run env:example". wxbot does not read a .env file by itself: pass it on with
# EnvironmentFile= of systemd, --env-file of Docker, or "set -a; . ./file". A commented line shows the default.
`

/** Returns the comment of each variable; consecutive variables can share one. */
function readComments(): Map<string, string> {
  const comments = new Map<string, string>()
  let comment = ''
  for (const line of readFileSync('lib/env.ts', 'utf8').split('\n')) {
    comment = /^ {2}\/\*\* (.*) \*\/$/.exec(line)?.[1] ?? comment
    const name = /^ {2}([A-Z][A-Z_]+): /.exec(line)?.[1]
    if (name) comments.set(name, comment)
  }
  return comments
}

function render(): string {
  const comments = readComments()
  let previous = ''
  const lines = listVariables().flatMap(({ name, isRequired, fallback }) => {
    const comment = comments.get(name) ?? ''
    const above = comment === previous ? [] : ['', `# ${comment}`]
    previous = comment
    return [...above, isRequired ? `${name}=` : `# ${name}=${fallback}`]
  })
  return `${head}${lines.join('\n')}\n`
}

if (!process.argv.includes('--check')) writeFileSync(path, render())
else if (readFileSync(path, 'utf8') !== render()) {
  console.error('.env.example differs from lib/env.ts. Run "npm run env:example" and commit it.')
  process.exitCode = 1
}
