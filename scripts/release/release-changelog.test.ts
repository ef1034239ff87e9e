import { expect, it } from 'vitest'
import { releaseChangelog } from './release-changelog.mjs'

const release = { version: '0.2.0', date: '2026-12-01' }
const text = '# Changelog\n\n## Unreleased\n\n- new\n\n## 0.1.0 (2026-11-01)\n\n- old\n'

it('a release contains the unreleased changes and leaves an empty section for the next release', () => {
  expect(releaseChangelog(text, release)).toBe(
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- new\n\n## 0.1.0 (2026-11-01)\n\n- old\n',
  )
})

it('a release without changes or with an existing version is rejected', () => {
  expect(() => releaseChangelog(text.replace('- new\n', ''), release)).toThrow('nothing')
  expect(() => releaseChangelog(text, { ...release, version: '0.1.0' })).toThrow('already has')
})
