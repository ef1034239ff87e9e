/** Maximum number of cookies, and of characters in one; WeChat sets about ten of up to 200 characters. */
const maxCookies = 100
const maxCookieLength = 4_000

const setCookie = /^([\w.-]{1,100})\s?=\s?([^;]*)/

/**
 * The cookies of one login. All of them go to every host of WeChat, as its web client expects; each call checks its host first. Attributes
 * are ignored, because WeChat's cookies live as long as the login; an empty value removes a cookie.
 */
export class CookieJar {
  readonly #cookies = new Map<string, string>()

  constructor() {
    // Identifiers that WeChat's page makes for itself.
    this.#cookies.set('pgv_pvi', visitorId())
    this.#cookies.set('pgv_si', `s${visitorId()}`)
  }

  /** Stores what a response sets; ignores what it cannot read. */
  store(header: string | string[] | undefined): void {
    for (const line of typeof header === 'string' ? [header] : (header ?? [])) {
      const [, name = '', value = ''] = setCookie.exec(line.slice(0, maxCookieLength)) ?? []
      if (value.trim() === '') this.#cookies.delete(name)
      else if (this.#cookies.has(name) || this.#cookies.size < maxCookies) this.#cookies.set(name, value.trim())
    }
  }

  /** Returns the value of the `cookie` header. */
  header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  get(name: string): string | undefined {
    return this.#cookies.get(name)
  }

  /** Returns all cookies, for the position. */
  toRecord(): Record<string, string> {
    return Object.fromEntries(this.#cookies)
  }

  /** Adds the cookies of a stored position. */
  restore(cookies: Record<string, string>): void {
    for (const [name, value] of Object.entries(cookies)) this.#cookies.set(name, value)
  }
}

function visitorId(): string {
  return String(Math.round(2 ** 31 * (Math.random() || 0.5)) * (Date.now() % 1e10))
}
