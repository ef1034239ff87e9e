import { createHash } from 'node:crypto'
import { decodeName } from './decode-text'
import type { RawContact } from './raw-shapes'

type Person = Pick<RawContact, 'NickName'> & Partial<Pick<RawContact, 'RemarkName' | 'Alias'>>

/**
 * What a person is known by in the next login too, the surest first: 微信号, remark, nickname. Hashed and cut short: enough to compare
 * member lists, nothing to read in a database.
 */
export function traitsOf({ Alias = '', RemarkName = '', NickName }: Person): string[] {
  const traits = { alias: Alias, remark: decodeName(RemarkName), nickname: decodeName(NickName) }
  return Object.entries(traits).flatMap(([kind, value]) => (value ? [hash(`${kind} ${value}`)] : []))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}
