import { tmpdir } from 'node:os'

export const resolvePreferredOpenClawTmpDir = () => tmpdir()
/** @param {string} id */
export const normalizeAccountId = (id) => id.replace(/[^\w.-]+/g, '-').toLowerCase()
/** @param {string} _path @param {unknown} _options @param {() => unknown} act */
export const withFileLock = (_path, _options, act) => act()
