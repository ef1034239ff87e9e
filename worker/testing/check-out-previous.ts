import { execFileSync } from 'node:child_process'
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const rootDir = resolve(import.meta.dirname, '../..')

/**
 * Copies the sources of the previous release into a folder of its own: those of the latest tag that lacks the newest migration, or
 * else of the commit before that migration. null: the git history does not reach that far.
 */
export function checkOutPrevious(): string | null {
  const commit = findPrevious()
  if (!commit) return null
  const folder = mkdtempSync(join(tmpdir(), 'wxbot-previous-'))
  const archive = git('archive', '--format=tar', commit)
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  symlinkSync(join(rootDir, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

function findPrevious(): string | null {
  try {
    const newest =
      line('ls-files', '--cached', '--others', '--exclude-standard', 'drizzle/0*.sql').split('\n').at(-1) ?? ''
    const added = line('log', '--format=%H', '--diff-filter=A', '--', newest).split('\n')[0]
    const before = added ? line('rev-parse', '--verify', `${added}^`) : line('rev-parse', 'HEAD')
    const tags = line('tag', '--merged', before, '--list', 'v*', '--sort=-creatordate').split('\n')
    return tags[0] || before
  } catch {
    return null
  }
}

const line = (...args: string[]) =>
  git(...args)
    .toString()
    .trim()

function git(...args: string[]): Buffer {
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
  return execFileSync('git', args, { cwd: rootDir, stdio, maxBuffer: 200_000_000 })
}
