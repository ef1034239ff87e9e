/** Tables that grow with the traffic: an index on one of them takes minutes, and a plain build stops its writes. */
const largeTables = [
  'messages',
  'media',
  'callback_events',
  'callback_attempts',
  'audit_entries',
  'sessions',
  'session_changes',
]

/** `-- contract: 1.4.0 stopped using messages.kind`: the release that no longer needs what the next statement removes. */
const contractMark = /^\s*--\s*contract:\s*(\d+\.\d+\.\d+) stopped using (\S+)\s*$/m
/** `-- concurrently: messages_latest`: the index is built outside of the migration before it, so that this statement finds it. */
const concurrentMark = /^\s*--\s*concurrently:\s*"?(\w+)"?\s*$/m

/** @type {readonly { pattern: RegExp, problem: string }[]} */
const contractSteps = [
  { pattern: /\brename\b/i, problem: 'renames something that old code uses' },
  {
    pattern: /\bdrop\s+(?:table|column|view|type|schema|function|sequence)\b/i,
    problem: 'drops something that old code uses',
  },
  {
    pattern: /\balter\s+table\b[^;]*\bdrop\s+(?!constraint|not\s+null|default|expression|identity)/i,
    problem: 'drops something that old code uses',
  },
  { pattern: /\balter\s+(?:column\s+)?"?\w+"?\s+(?:set\s+data\s+)?type\b/i, problem: 'changes the type of a column' },
  { pattern: /\bset\s+not\s+null\b/i, problem: 'requires a value that old code does not write' },
]

/**
 * Returns what old code would not survive in a migration, one line for each statement. A contract step needs a mark above the
 * statement that names what it removes, and the release, one of `releases`, which stopped using that.
 * @param {string} sql
 * @param {{ releases?: readonly string[] }} [options]
 * @returns {string[]}
 */
export function findUnsafeStatements(sql, { releases = [] } = {}) {
  const created = new Set(
    [...sql.matchAll(/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?/gi)].map(([, name]) => name),
  )
  return sql.split('--> statement-breakpoint').flatMap((statement) => {
    const code = withoutTexts(statement)
    const problem = findProblem(code, { statement, created, releases })
    return problem ? [`${problem}: ${code.trim().replaceAll(/\s+/g, ' ').slice(0, 100)}`] : []
  })
}

/**
 * @param {string} code
 * @param {{ statement: string, created: Set<string | undefined>, releases: readonly string[] }} context `created`: tables of this
 *   migration, which old code does not know
 */
function findProblem(code, { statement, created, releases }) {
  const table = /\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"?public"?\.)?"?(\w+)"?/i.exec(code)?.[1]
  if (table && created.has(table)) return null
  return findContractStep(code, { statement, releases }) ?? findSlowIndex(code, statement, created)
}

/** @param {string} code @param {{ statement: string, releases: readonly string[] }} context */
function findContractStep(code, { statement, releases }) {
  const additions = code.split(/\badd\s+column\b/i).slice(1)
  const isRequired = additions.some(
    (column) => /\bnot\s+null\b/i.test(column) && !/\b(?:default|generated)\b/i.test(column),
  )
  const problem =
    contractSteps.find(({ pattern }) => pattern.test(code))?.problem ??
    (isRequired ? 'adds a column that old code does not fill' : null)
  const [, release = '', subject] = contractMark.exec(statement) ?? []
  if (!problem || subject === undefined) return problem
  if (!releases.includes(release)) return `names ${release}, which is no release of CHANGELOG.md`
  const removed = listRemoved(code)
  return removed.length === 1 && removed[0] === subject ? null : `removes ${removed.join(', ')}, not ${subject}`
}

/**
 * Returns what a statement takes from old code, as `table.column` or as the name of a table, type or function.
 * @param {string} code
 */
function listRemoved(code) {
  const name = String.raw`(?:if\s+exists\s+)?(?:only\s+)?(?:"?public"?\.)?"?(\w+)"?`
  const target = new RegExp(
    String.raw`^\s*(?:alter|drop)\s+(table|type|view|schema|function|sequence)\s+${name}`,
    'i',
  ).exec(code)
  const column = String.raw`(?:rename|drop|alter|add)\s+(?:column\s+)?(?!to\b|value\b|constraint\b)${name}`
  const columns = [...code.slice(target?.[0].length ?? 0).matchAll(new RegExp(String.raw`\b${column}`, 'gi'))]
  if (target?.[1]?.toLowerCase() !== 'table' || columns.length === 0) return [target?.[2] ?? '']
  return [...new Set(columns.map((match) => `${target[2]}.${match[1]}`))]
}

/** @param {string} code @param {string} statement @param {Set<string | undefined>} created */
function findSlowIndex(code, statement, created) {
  const match =
    /\bcreate\s+(?:unique\s+)?index\s+(concurrently\s+)?(if\s+not\s+exists\s+)?"?(\w+)"?\s+on\s+(?:only\s+)?(?:"?public"?\.)?"?(\w+)"?/i.exec(
      code,
    )
  if (!match) return null
  const [, concurrently, ifNotExists, index, table = ''] = match
  if (concurrently) return 'cannot build an index concurrently: a migration is one transaction'
  if (!largeTables.includes(table) || created.has(table)) return null
  const isMarked = concurrentMark.exec(statement)?.[1] === index
  if (isMarked && ifNotExists) return null
  return 'builds an index of a large table while its writes wait'
}

/** Removes comments, quoted texts and the bodies of functions. @param {string} statement */
function withoutTexts(statement) {
  return statement
    .replaceAll(/(\$\w*\$)[\s\S]*?\1/g, '')
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/'(?:[^']|'')*'/g, "''")
}
