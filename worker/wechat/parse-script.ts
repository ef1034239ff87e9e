/** A poll of the login: nothing yet, scanned, confirmed with the page that opens the session, or the code is used up. */
export type LoginPoll =
  | { state: 'waiting' }
  | { state: 'scanned'; avatar: string | null }
  | { state: 'confirmed'; redirectUri: string }
  | { state: 'over' }

const longestAvatar = 300_000

/** Reads the answer of `jslogin`; null when it gives no code. WeChat's own page evaluates these scripts, we never do. */
export function parseCode(script: unknown): string | null {
  const pattern = /^\s*window\.QRLogin\.code\s*=\s*200\s*;\s*window\.QRLogin\.uuid\s*=\s*"([\w+/=.-]{1,200})"\s*;?\s*$/
  return pattern.exec(textOf(script))?.[1] ?? null
}

/** Reads the answer of a login poll; null when it is none. */
export function parseLoginPoll(script: unknown): LoginPoll | null {
  const [, code, rest = ''] = /^\s*window\.code\s*=\s*(\d+)\s*;?\s*([^]*)$/.exec(textOf(script)) ?? []
  if (code === '408') return { state: 'waiting' }
  if (code === '400') return { state: 'over' }
  if (code === '201') return { state: 'scanned', avatar: parseAvatar(rest) }
  const redirectUri = /^window\.redirect_uri\s*=\s*"([^"\\\s]{1,2000})"\s*;?\s*$/.exec(rest)?.[1]
  return code === '200' && redirectUri ? { state: 'confirmed', redirectUri } : null
}

/** Reads the answer of `synccheck`; null when it is none. */
export function parseSyncCheck(script: unknown): { retcode: number; selector: number } | null {
  const pattern =
    /^\s*window\.synccheck\s*=\s*\{\s*retcode\s*:\s*"(-?\d+)"\s*,\s*selector\s*:\s*"(-?\d+)"\s*\}\s*;?\s*$/
  const match = pattern.exec(textOf(script))
  return match ? { retcode: Number(match[1]), selector: Number(match[2]) } : null
}

function parseAvatar(rest: string): string | null {
  if (rest.length > longestAvatar) return null
  const pattern = /^window\.userAvatar\s*=\s*'data:(?:img|image)\/(jpe?g|png|gif);base64,([A-Za-z0-9+/]+=*)'\s*;?\s*$/
  const [, format, base64] = pattern.exec(rest) ?? []
  return format && base64 ? `data:image/${format === 'jpg' ? 'jpeg' : format};base64,${base64}` : null
}

function textOf(script: unknown): string {
  return typeof script === 'string' ? script : ''
}
