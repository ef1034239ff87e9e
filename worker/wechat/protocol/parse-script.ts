/** The result of a login poll. `confirmed` has the address that opens the session; `over`: the QR code has expired. */
export type LoginPoll =
  | { state: 'waiting' }
  | { state: 'scanned'; avatar: string | null }
  | { state: 'confirmed'; redirectUri: string }
  | { state: 'over' }

const maxAvatarLength = 300_000

/** Reads the QR code id from the response of `jslogin`. null: none. WeChat's own page evaluates these scripts; we never do. */
export function parseCode(script: unknown): string | null {
  const pattern = /^window\.QRLogin\.code\s*=\s*200\s*;\s*window\.QRLogin\.uuid\s*=\s*"([\w+/=.-]{1,200})"$/
  return pattern.exec(statementOf(script))?.[1] ?? null
}

/** Reads the response of a login poll. null: unreadable. */
export function parseLoginPoll(script: unknown): LoginPoll | null {
  const [, code, rest = ''] = /^window\.code\s*=\s*(\d+)\s*;?\s*([^]*)$/.exec(statementOf(script)) ?? []
  if (code === '408') return { state: 'waiting' }
  if (code === '400') return { state: 'over' }
  if (code === '201') return { state: 'scanned', avatar: parseAvatar(rest) }
  const redirectUri = /^window\.redirect_uri\s*=\s*"([^"\\\s]{1,2000})"$/.exec(rest)?.[1]
  return code === '200' && redirectUri ? { state: 'confirmed', redirectUri } : null
}

/** Reads the response of `synccheck`. null: unreadable. */
export function parseSyncCheck(script: unknown): { retcode: number; selector: number } | null {
  const pattern = /^window\.synccheck\s*=\s*\{\s*retcode\s*:\s*"(-?\d+)"\s*,\s*selector\s*:\s*"(-?\d+)"\s*\}$/
  const match = pattern.exec(statementOf(script))
  return match ? { retcode: Number(match[1]), selector: Number(match[2]) } : null
}

function parseAvatar(rest: string): string | null {
  if (rest.length > maxAvatarLength) return null
  const pattern = /^window\.userAvatar\s*=\s*'data:(?:img|image)\/(jpe?g|png|gif);base64,([A-Za-z0-9+/]+=*)'$/
  const [, format, base64] = pattern.exec(rest) ?? []
  return format && base64 ? `data:image/${format === 'jpg' ? 'jpeg' : format};base64,${base64}` : null
}

/** Returns the script without surrounding blanks and semicolon. Not done in the patterns, where two runs of blanks would backtrack. */
function statementOf(script: unknown): string {
  const text = typeof script === 'string' ? script.trim() : ''
  return text.endsWith(';') ? text.slice(0, -1).trimEnd() : text
}
