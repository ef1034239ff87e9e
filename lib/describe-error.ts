/** An error as logged. A database error has its statement and reason, never values of rows or parameters. */
export type DescribedError = {
  type: string
  message: string
  stack?: string | undefined
  code?: string
  severity?: string
  table?: string
  constraint?: string
  /** SQL with placeholders ($1). */
  statement?: string
  cause?: DescribedError
  errors?: DescribedError[]
}

type Fields = Record<string, unknown>

/** Maximum depth of causes. */
const maxDepth = 5

/** Describes an error and its causes. Other fields are not copied, because HTTP clients attach requests with cookies. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: typeof error === 'string' ? error : 'not an Error' }
  const { code, severity, severity_local, table_name, table, constraint_name, constraint, query, cause, errors } =
    error as Error & Fields
  const isInside = depth < maxDepth
  const described: DescribedError = { type: error.name, message: safeMessage(error), stack: safeStack(error) }
  const texts = {
    code,
    severity: severity ?? severity_local,
    table: table_name ?? table,
    constraint: constraint_name ?? constraint,
    statement: query,
  }
  for (const [name, text] of Object.entries(texts))
    if (typeof text === 'string') Object.assign(described, { [name]: text })
  if (isInside && cause instanceof Error) described.cause = describeError(cause, depth + 1)
  if (isInside && Array.isArray(errors)) described.errors = errors.map((inner) => describeError(inner, depth + 1))
  return described
}

/** Explains an error in one line for a terminal: the reason of the database, otherwise the message of the error. */
export function explainError(error: unknown): string {
  const described = describeError(error)
  let reason = described
  while (reason.cause && (reason.statement || !reason.message)) reason = reason.cause
  const [inner] = reason.errors ?? []
  const { message, code } = reason.message || !inner ? reason : inner
  if (reason.statement === undefined && reason === described && !inner) return message
  return `The database reports: ${message}${code ? ` (${code})` : ''}`
}

/** Fields that database drivers attach and that can contain values of rows or parameters. */
const valueFields = [
  'params',
  'parameters',
  'args',
  'detail',
  'where',
  'hint',
  'internalQuery',
  'internal_query',
  'command',
]

/** Removes values of rows and parameters from a database error and its causes, in place. Returns the same error. */
export function stripValues<Thrown>(error: Thrown, depth = 0): Thrown {
  if (!(error instanceof Error) || depth > maxDepth) return error
  const stack = safeStack(error)
  const message = safeMessage(error)
  if (message !== error.message) error.message = message
  if (stack !== error.stack) Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true })
  // `parameters` and `args` of postgres.js cannot be deleted, but are not enumerable: printing or copying does not include them.
  for (const field of valueFields) if (field in error) Reflect.deleteProperty(error, field)
  const { cause, errors } = error as Error & Fields
  stripValues(cause, depth + 1)
  if (Array.isArray(errors)) for (const inner of errors) stripValues(inner, depth + 1)
  return error
}

/** Data exceptions: Postgres errors whose message quotes a value. */
const dataException = /^22...$/

function safeMessage(error: Error): string {
  const { code, query } = error as Error & Fields
  if (typeof query === 'string' && error.message.startsWith('Failed query: ')) return 'Failed query'
  if (code === 'P0001') return 'raised by a function of the database'
  if (typeof code !== 'string' || !dataException.test(code)) return error.message
  return error.message.replace(/(["'])[^]*\1|: [^]*$/, (text) => (text.startsWith(':') ? ': …' : '"…"'))
}

/** Replaces the message in a stack, which keeps the message of its creation. */
function safeStack(error: Error): string | undefined {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return frames && [`${error.name}: ${safeMessage(error)}`, ...frames].join('\n')
}
