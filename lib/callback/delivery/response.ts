import { type Sentence, sentenceOf } from '@/lib/sentence'

/**
 * Returns why a response is a failure; null: delivered. A delivery is any 2xx whose JSON body, if it has a `retCode`, has 0
 * or "0". Spec: A12 (callbacks).
 */
export function classifyResponse({ httpStatus, retCode }: { httpStatus: number; retCode: unknown }): Sentence | null {
  if (httpStatus >= 300 && httpStatus < 400) return sentenceOf('http_redirect', { status: httpStatus })
  if (httpStatus < 200 || httpStatus >= 300) return sentenceOf('http_status', { status: httpStatus })
  return retCode === undefined || retCode === 0 || retCode === '0'
    ? null
    : sentenceOf('ret_code', { value: JSON.stringify(retCode).slice(0, 100) })
}

const maxRetryAfterSeconds = 3600

/** Reads a Retry-After header (seconds or a date) as seconds from now, up to one hour; 0 if missing or invalid. */
export function readRetryAfter(header: string | string[] | undefined, nowMs: number): number {
  if (typeof header !== 'string') return 0
  const text = header.trim()
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - nowMs) / 1000
  return seconds > 0 ? Math.min(maxRetryAfterSeconds, seconds) : 0
}

const maxKeyLength = 64
const maxValueLength = 200

/**
 * Finds the `retCode` of a JSON object while its text arrives, in constant memory; the text may be invalid, incomplete or
 * large. Only direct members of the object that the text begins with count; of two, the last counts.
 */
export class RetCodeScanner {
  /** Whether the text begins with an object; null: only blanks so far. */
  isObject: boolean | null = null
  /** undefined: none so far. A value that is not valid JSON is its text. */
  retCode: unknown = undefined
  private depth = 0
  private isInString = false
  private isEscaped = false
  private isInKey = true
  private key = ''
  private value: string | null = null

  /** Whether the object has ended. */
  get isComplete(): boolean {
    return this.isObject === true && this.depth === 0
  }

  write(text: string): void {
    for (const character of text) {
      if (this.isObject === false || this.isComplete) return
      if (this.isObject === null) this.begin(character)
      else this.read(character)
    }
  }

  private begin(character: string): void {
    if (/[\s\uFEFF]/.test(character)) return
    this.isObject = character === '{'
    this.depth = 1
  }

  private read(character: string): void {
    if (this.isInString) {
      if (this.isEscaped) this.isEscaped = false
      else if (character === '\\') this.isEscaped = true
      else if (character === '"') this.isInString = false
      return this.keep(character)
    }
    if (this.depth === 1 && character === ':' && this.isInKey) return this.beginValue()
    if (this.depth === 1 && (character === ',' || character === '}')) this.endMember()
    if (character === '"') this.isInString = true
    else if (character === '{' || character === '[') this.depth++
    else if (character === '}' || character === ']') this.depth--
    this.keep(character)
  }

  private keep(character: string): void {
    if (this.value !== null) {
      if (this.value.length < maxValueLength) this.value += character
    } else if (this.isInKey && this.depth === 1 && this.key.length < maxKeyLength && character !== ',') {
      this.key += character
    }
  }

  private beginValue(): void {
    this.isInKey = false
    if (parseOrText(this.key) === 'retCode') this.value = ''
  }

  private endMember(): void {
    if (this.value !== null) this.retCode = parseOrText(this.value)
    this.value = null
    this.isInKey = true
    this.key = ''
  }
}

/** Returns the `retCode` of a complete text; undefined: it has none. */
export function readRetCode(text: string): unknown {
  const scanner = new RetCodeScanner()
  scanner.write(text)
  return scanner.retCode
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.trim()
  }
}
