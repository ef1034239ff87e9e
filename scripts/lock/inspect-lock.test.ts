import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findMissing, findPinned, findUnverified, type LockPackages } from './inspect-lock.mjs'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: LockPackages }
const production = (key: string) => ({ ...packages, [key]: { version: '1.0.0', optional: true } })

describe('the lock file', () => {
  it('the lock file has an integrity for every production package, and names no registry', () => {
    expect(findUnverified(packages)).toEqual([])
    expect(findPinned(packages)).toEqual([])
    expect(findMissing(packages)).toEqual([])
  })

  it.each([
    ['node_modules/left', 'left@1.0.0'],
    ['node_modules/a/node_modules/@scope/left', '@scope/left@1.0.0'],
  ])('the lock file is rejected when %s has no integrity', (key, spec) => {
    expect(findUnverified(production(key))).toEqual([{ key, spec }])
  })

  it('lists an aliased package under its name in the registry', () => {
    const aliased = { 'node_modules/alias': { name: 'real', version: '2.0.0' } }
    expect(findUnverified(aliased)).toEqual([{ key: 'node_modules/alias', spec: 'real@2.0.0' }])
  })

  it('the lock file is rejected when an entry names a registry', () => {
    const entry = { version: '1.0.0', integrity: 'sha512-x', resolved: 'https://registry.example.com/left.tgz' }
    expect(findPinned({ ...packages, 'node_modules/left': entry })).toEqual(['node_modules/left'])
  })
})
