// `npm run check:references`: checks that each clause cited in code or docs (A5, B2, G1 …) is a heading of docs/spec/ and is cited with
// the words of that heading, and that each decision has a number of its own.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from './bootstrap/paths.mjs'

/** Matches a clause that is not part of a name, a path, or a percent-encoded byte. */
const reference = /(?<![\w%#/.\\+-])[A-G][1-9]\d?(?![\w%/\\+-])/g

/** Matches a clause of a `Spec:` line without its words. */
const bare = /(?<![\w(])[A-G][1-9]\d?(?!\w| \()/g

const pages = listFiles('docs/spec/*.md')
const english = pages.filter((page) => !page.endsWith('.zh-CN.md'))
const headings = new Map(english.flatMap(readHeadings))
const sources = listFiles('*.ts', '*.tsx', '*.mjs', '*.md', ':!docs/spec', ':!CHANGELOG.md')
const problems = [
  ...english.flatMap(findTranslationGap),
  ...sources.flatMap(findUnresolved),
  ...sources.flatMap(findBare),
  ...sources.flatMap(findOtherWords),
  ...findRepeatedNumbers(listFiles('docs/decisions/*.md')),
]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length ? 1 : 0

/** @param {string[]} patterns */
function listFiles(...patterns) {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns]
  return String(execFileSync('git', options, { cwd: rootDir }))
    .split('\n')
    .filter(Boolean)
}

/** @param {string} page */
function readClauses(page) {
  return readHeadings(page).map(([clause]) => clause)
}

/**
 * @param {string} page
 * @returns {Array<[string, string]>} each clause with the words of its heading
 */
function readHeadings(page) {
  return [...read(page).matchAll(/^## ([A-G]\d+) (.+)$/gm)].map(([, clause = '', words = '']) => [clause, words])
}

/** @param {string} page the English page; its translation, if any, has the same clauses */
function findTranslationGap(page) {
  const translation = page.replace(/\.md$/, '.zh-CN.md')
  if (!pages.includes(translation)) return []
  const isSame = String(readClauses(page)) === String(readClauses(translation))
  return isSame ? [] : [`${translation}: its clauses differ from those of ${page}`]
}

/** @param {string[]} decisions the records, each with a number of its own in its name and its heading */
function findRepeatedNumbers(decisions) {
  const numberOf = (/** @type {string} */ path) => Number(path.match(/(\d{4})-[^/]+$/)?.[1])
  const repeated = decisions.filter((path) =>
    decisions.some((other) => other < path && numberOf(other) === numberOf(path)),
  )
  const renamed = decisions.filter((path) => !read(path).startsWith(`# ${numberOf(path)}. `))
  return [
    ...repeated.map((path) => `${path}: another decision has its number`),
    ...renamed.map((path) => `${path}: its heading does not begin with "# ${numberOf(path)}. "`),
  ]
}

/** @param {string} file */
function findUnresolved(file) {
  return read(file)
    .split('\n')
    .flatMap((line, index) => (line.match(reference) ?? []).map((clause) => ({ clause, line: index + 1 })))
    .filter(({ clause }) => !headings.has(clause))
    .map(({ clause, line }) => `${file}:${line}: ${clause} is not a heading of docs/spec`)
}

/** @param {string} file */
function findBare(file) {
  return read(file)
    .split('\n')
    .flatMap((line, index) =>
      (line.split(/Spec: /)[1]?.match(bare) ?? []).map((clause) => `${file}:${index + 1}: ${clause} without its words`),
    )
}

/** @param {string} file */
function findOtherWords(file) {
  return read(file)
    .split('\n')
    .flatMap((line, index) =>
      [...(line.split(/Spec: /)[1] ?? '').matchAll(/([A-G]\d+) \(([^)]*)\)/g)]
        .filter(([, clause = '', words = '']) => headings.get(clause)?.toLowerCase() !== words.toLowerCase())
        .map(
          ([, clause = '', words]) => `${file}:${index + 1}: ${clause} is "${headings.get(clause)}", not "${words}"`,
        ),
    )
}

/** @param {string} file */
function read(file) {
  return readFileSync(join(rootDir, file), 'utf8')
}
