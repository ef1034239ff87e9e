import type { Sentence } from '@/lib/sentence'

const maxLength = 2048

/** Formal problems of a callback URL, independent of the network it leads to. */
export type UrlProblem = 'urlTooLong' | 'urlCharacters' | 'url' | 'urlScheme' | 'urlCredentials' | 'urlPort'

export const urlProblems: Record<UrlProblem, Refusal & { zh: string }> = {
  urlTooLong: {
    sentence: { reason: 'too_long', params: { max: maxLength } },
    zh: `不能超过 ${maxLength} 个字符`,
    en: `must have a maximum of ${maxLength} characters`,
  },
  urlCharacters: {
    sentence: { reason: 'characters' },
    zh: '含有不允许的字符',
    en: 'must not contain control characters',
  },
  url: {
    sentence: { reason: 'url_invalid' },
    zh: '不是有效的链接',
    en: 'must be a complete http:// or https:// URL',
  },
  urlScheme: {
    sentence: { reason: 'url_scheme' },
    zh: '只支持 http 和 https 链接',
    en: 'must be an http:// or https:// URL',
  },
  urlCredentials: {
    sentence: { reason: 'url_password' },
    zh: '链接里不能带用户名和密码',
    en: 'must not contain a user name or a password',
  },
  urlPort: { sentence: { reason: 'port_zero' }, zh: '端口不能是 0', en: 'must not have port 0' },
}

/** Why a link is refused, for the person who gave it; `en` completes "The URL …" on the command line. */
export type Refusal = { sentence: Sentence; en: string }

/**
 * Returns the formal problem of a callback URL; null: none. Surrounding whitespace is ignored. A fragment is accepted and never
 * sent; characters that need percent-encoding are encoded when a request is sent.
 */
export function findUrlProblem(text: string): UrlProblem | null {
  const link = text.trim()
  if ([...link].length > maxLength) return 'urlTooLong'
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(link)) return 'urlCharacters'
  if (!URL.canParse(link)) return 'url'
  const { protocol, username, password, port } = new URL(link)
  if (protocol !== 'http:' && protocol !== 'https:') return 'urlScheme'
  // The parser accepts `http:host` and `http:\\host`, which are typing errors.
  if (!/^https?:\/\/[^/\\]/i.test(link)) return 'url'
  if (username || password) return 'urlCredentials'
  return port === '0' ? 'urlPort' : null
}
