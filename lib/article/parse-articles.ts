import { maxContentLength, maxFileBytes, maxTitleLength } from '@/lib/article/article-limits'
import { AppError } from '@/lib/errors'
import { parseCsv } from '@/lib/parse-csv'

const maxArticlesPerFile = 2000

export type ParsedArticle = { title: string; content: string }

/**
 * Splits an imported file into articles: a Markdown file at its headings of the first three levels, a CSV file (`.csv`) by rows of a
 * question and an answer. Longer sections become several articles.
 * @throws AppError INVALID_PARAMETER for a file that is too large, contains no article, or is not valid CSV
 */
export function parseArticles({ fileName, text }: { fileName: string; text: string }): ParsedArticle[] {
  if (Buffer.byteLength(text) > maxFileBytes)
    throw new AppError('INVALID_PARAMETER', {
      reason: 'article_file_too_large',
      params: { max: maxFileBytes / 1_000_000 },
      parameter: 'content',
    })
  const plain = stripControls(text.replace(/^\uFEFF/, ''))
  const parsed = /\.csv$/i.test(fileName) ? parseQuestions(plain) : parseMarkdown(fileName, plain)
  if (parsed.length === 0)
    throw new AppError('INVALID_PARAMETER', { reason: 'article_file_empty', parameter: 'content' })
  if (parsed.length > maxArticlesPerFile)
    throw new AppError('INVALID_PARAMETER', {
      reason: 'article_file_too_many',
      params: { max: maxArticlesPerFile },
      parameter: 'content',
    })
  return parsed
}

/** Removes what Postgres cannot store and what changes the direction of text. */
function stripControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/gu, '')
}

function parseMarkdown(fileName: string, text: string): ParsedArticle[] {
  const headings: string[] = []
  const sections: { title: string; lines: string[] }[] = [{ title: fileName.replace(/\.\w+$/, ''), lines: [] }]
  let isCode = false
  for (const line of text.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode
    const heading = isCode ? null : /^(#{1,3})\s+(.+?)\s*#*\s*$/.exec(line)
    if (!heading) {
      sections.at(-1)?.lines.push(line)
      continue
    }
    const level = heading[1]!.length
    headings.length = level - 1
    headings[level - 1] = heading[2]!
    sections.push({ title: headings.filter(Boolean).join(' › '), lines: [] })
  }
  return sections.flatMap(({ title, lines }) => splitLong(title, lines.join('\n').trim()))
}

function parseQuestions(text: string): ParsedArticle[] {
  const rows = parseCsv(text, { maxRowChars: 100_000 })
  const isHeader = /^(question|问题|问|q|title|标题)$/i.test(rows[0]?.values[0]?.trim() ?? '')
  return rows.slice(isHeader ? 1 : 0).flatMap(({ values: [question = '', answer = ''] }) => {
    const title = question.trim()
    return title === '' ? [] : splitLong(title, answer.trim())
  })
}

/** Splits at paragraphs where possible; a section without text is left out. */
function splitLong(title: string, content: string): ParsedArticle[] {
  if (content === '') return []
  const heading = [...title].slice(0, maxTitleLength).join('')
  const parts: string[] = []
  let part = ''
  for (const paragraph of content.split(/\n{2,}/).flatMap(cut)) {
    if (part !== '' && part.length + paragraph.length + 2 > maxContentLength) {
      parts.push(part)
      part = ''
    }
    part += (part === '' ? '' : '\n\n') + paragraph
  }
  return [...parts, part].filter((each) => each.trim() !== '').map((each) => ({ title: heading, content: each }))
}

function cut(paragraph: string): string[] {
  const characters = [...paragraph]
  const pieces: string[] = []
  // A character may take two units, and the limit counts units between paragraphs.
  const size = maxContentLength / 2
  for (let start = 0; start < characters.length; start += size)
    pieces.push(characters.slice(start, start + size).join(''))
  return pieces
}
