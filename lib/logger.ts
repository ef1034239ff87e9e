import { pino } from 'pino'
import { PinoPretty } from 'pino-pretty'

export type Logger = pino.Logger

/** What is never written, wherever it stands in a logged object. */
const secretFields = ['token', 'password', 'secret', 'cookie', 'authorization', 'credentials', 'content', 'avatar']
const redacted = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/**
 * Makes the process's logger: JSON lines on stdout, or lines for a person where that is a terminal; secrets and message texts left out.
 * An error is written as its type, message and stack only, because those of HTTP clients carry requests with cookies.
 */
export function createLogger(options: { level: string; process: string }): Logger {
  const settings = {
    level: options.level,
    base: { process: options.process },
    redact: { paths: redacted, censor: '[hidden]' },
    serializers: { err: describeError },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return process.stdout.isTTY ? pino(settings, forPerson()) : pino(settings)
}

/** One line an event: time, level, process, message, then the fields; an error's stack below. */
function forPerson() {
  return PinoPretty({
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{process}: {msg}',
    ignore: 'process',
    singleLine: true,
    sync: true,
  })
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) }
  const cause = error.cause instanceof Error ? { type: error.cause.name, message: error.cause.message } : undefined
  return { type: error.name, message: error.message, stack: error.stack, cause }
}
