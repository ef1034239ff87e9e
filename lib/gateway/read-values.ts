/** Readers for values that gateways encode in several ways: bare, as text, or wrapped as `{string}`, `{low}` or `{low, high}`. */

const maxTextLength = 1_000_000
const long = 1n << 32n

type Wrapped = { string?: unknown; str?: unknown; low?: unknown; high?: unknown; unsigned?: unknown }

/** Returns the text without NUL and lone surrogates, which Postgres refuses. "": absent, or not a text. */
export function readText(value: unknown): string {
  const inner = isObject(value) ? ((value as Wrapped).string ?? (value as Wrapped).str) : value
  if (typeof inner === 'number') return String(inner)
  if (typeof inner !== 'string') return ''
  return inner
    .slice(0, maxTextLength)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** Reads an integer of up to 64 bits as decimal digits. "": absent, or not an integer. */
export function readInteger(value: unknown): string {
  const { low, high = 0, unsigned } = Object(value) as Wrapped
  if (isObject(value) && Number.isInteger(low) && Number.isInteger(high)) {
    const whole = BigInt(high as number) * long + BigInt.asUintN(32, BigInt(low as number))
    return String(unsigned ? BigInt.asUintN(64, whole) : whole)
  }
  const text = isObject(value) ? '' : readText(value)
  return /^-?\d{1,20}$/.test(text) ? text : ''
}

/** Reads a small number; 0: absent. */
export function readSmallInteger(value: unknown): number {
  const number = Number(readInteger(value))
  return Number.isSafeInteger(number) ? number : 0
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
