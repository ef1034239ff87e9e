import { PlainError } from '../bootstrap/plain-error.mjs'

const UNRELEASED = '## Unreleased\n'

/**
 * Turns the unreleased section of a changelog into a release and adds an empty unreleased section above it.
 * @param {string} text
 * @param {{ version: string, date: string }} release
 * @returns {string}
 * @throws PlainError if the unreleased section is empty, or the version is already in the changelog
 */
export function releaseChangelog(text, { version, date }) {
  const start = text.indexOf(UNRELEASED)
  const [unreleased = ''] = text.slice(start + UNRELEASED.length).split(/^## /m)
  if (start < 0 || !/^- /m.test(unreleased)) throw new PlainError('CHANGELOG.md has nothing under "Unreleased".')
  if (text.includes(`## ${version} `)) throw new PlainError(`CHANGELOG.md already has a version ${version}.`)
  return text.replace(UNRELEASED, `${UNRELEASED}\n## ${version} (${date})\n`)
}
