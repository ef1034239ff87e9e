import { createHash } from 'node:crypto'
import { decodeName } from '@/worker/wechat/protocol/decode-text'
import type { RawContact } from '@/worker/wechat/protocol/raw-shapes'

type Person = Pick<RawContact, 'NickName'> & Partial<Pick<RawContact, 'RemarkName' | 'Alias'>>

/**
 * Returns what identifies a person across logins, most reliable first: 微信号, remark, nickname. Hashed and shortened: sufficient to compare
 * member lists, unreadable in the database.
 */
export function traitsOf({ Alias = '', RemarkName = '', NickName }: Person): string[] {
  const traits = { alias: Alias, remark: decodeName(RemarkName), nickname: decodeName(NickName) }
  return Object.entries(traits).flatMap(([kind, value]) => (value ? [hash(`${kind} ${value}`)] : []))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}
