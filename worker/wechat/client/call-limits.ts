/** Messages after a file wait for it; two attempts take up to 30 s. */
const fileLimits = { timeoutMs: 14_000, maxBytes: 20 * 1024 * 1024 }
const maxResponseBytes = 64 * 1024 * 1024

const fileCalls = new Set(['webwxgetmsgimg', 'webwxgetvoice', 'webwxgetvideo', 'webwxgetmedia'])

/** Deadline of calls that need another one than the rest. WeChat holds the two long polls for about 25 s. */
const timeoutMsByCall: Record<string, number> = {
  login: 40_000,
  synccheck: 40_000,
  webwxuploadmedia: 30_000,
  webwxlogout: 8_000,
}
const defaultTimeoutMs = 15_000

/** Returns the deadline of a call, and the maximum size of its response. */
export function limitsOf(name: string): { timeoutMs: number; maxBytes: number } {
  if (fileCalls.has(name)) return fileLimits
  return { timeoutMs: timeoutMsByCall[name] ?? defaultTimeoutMs, maxBytes: maxResponseBytes }
}
