import { pino } from 'pino'
import { PinoPretty } from 'pino-pretty'
import { describeError } from '@/lib/describe-error'

export type Logger = pino.Logger

/** Fields that are never logged, up to two levels deep. */
const secretFields = ['token', 'password', 'secret', 'cookie', 'authorization', 'credentials', 'content', 'avatar']
const redacted = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/**
 * Creates the logger of a process: JSON lines on stdout, or readable lines on a terminal, without secrets and message texts.
 * Errors are logged by `describeError`, without the fields that HTTP clients and database drivers attach.
 */
export function createLogger(options: { level: string; process: string }): Logger {
  const settings = {
    level: options.level,
    base: { process: options.process },
    redact: { paths: redacted, censor: '[hidden]' },
    serializers: { err: (error: unknown) => describeError(error) },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return process.stdout.isTTY ? pino(settings, prettyStream()) : pino(settings)
}

/** One line per entry: time, level, process, message, fields; the stack of an error below. */
function prettyStream() {
  return PinoPretty({
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{process}: {msg}',
    ignore: 'process',
    singleLine: true,
    sync: true,
  })
}
