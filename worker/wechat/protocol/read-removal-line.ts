/** A system message that is entirely about the removal of this account from a room. */
export type RemovalLine = {
  /** The name of the person who removed the account. null: not named. */
  remover: string | null
  /** Whether quotes delimit the name; without them a member's name may be the rest of another message. */
  isQuoted: boolean
}

const shapes = [
  { before: '你被"', after: '"移出群聊' },
  { before: '你被“', after: '”移出群聊' },
  { before: 'You were removed from the group chat by "', after: '"' },
  { before: 'You were removed from the group chat by “', after: '”' },
]
const unquotedBefore = 'You were removed from the group chat by '
const nameless = new Set(['你被移出群聊', 'You were removed from the group chat'])

/** Words between two names in system messages of an English account, which has no quotes around names. */
const betweenNames = / (?:invited|joined|changed|removed|recalled|left|shared|scanned) /i

/**
 * Reads a system message. null: it is not entirely a removal of this account. Members choose their names, which may contain the words of
 * a removal, so a matching beginning proves nothing.
 */
export function readRemovalLine(text: string): RemovalLine | null {
  const line = text.trim().replace(/[。.]$/, '')
  if (nameless.has(line)) return { remover: null, isQuoted: true }
  for (const { before, after } of shapes) {
    if (line.length <= before.length + after.length || !line.startsWith(before) || !line.endsWith(after)) continue
    const remover = line.slice(before.length, -after.length)
    return /["“”]/.test(remover) || betweenNames.test(remover) ? null : { remover, isQuoted: true }
  }
  const remover = line.startsWith(unquotedBefore) ? line.slice(unquotedBefore.length) : ''
  return remover ? { remover, isQuoted: false } : null
}
