import { errorReasons, type ErrorReason } from '@/lib/error-reasons'
import { contractText, isErrorReason, type Sentence, type SentenceParam, type SentenceParams } from '@/lib/sentence'

type Pattern = { reason: ErrorReason; names: string[]; pattern: RegExp }

const patterns = (Object.keys(errorReasons) as ErrorReason[])
  // These are full sentences of `callback_url_unusable` with a cause.
  .filter((reason) => !reason.startsWith('egress_'))
  .map((reason) => toPattern(reason, errorReasons[reason].zh))
  // Most specific first: a sentence with a placeholder may also match the text of another one.
  .sort(
    (one, other) =>
      one.names.length - other.names.length ||
      Number(startsOpen(one)) - Number(startsOpen(other)) ||
      other.pattern.source.length - one.pattern.source.length,
  )

/** A sentence that starts with a value has the same end as a sentence that quotes it. */
function startsOpen({ pattern }: Pattern): boolean {
  return pattern.source.startsWith('^(')
}

/**
 * Parses the Chinese sentence of a row without a reason into its reason and values, so that the dashboard can render it in the
 * viewer's language. null: no reason has this sentence.
 */
export function readSentence(text: string): Sentence | null {
  for (const { reason, names, pattern } of patterns) {
    const match = pattern.exec(text)
    if (match)
      return { reason, params: Object.fromEntries(names.map((name, at) => [name, readParam(match[at + 1] ?? '')])) }
  }
  return null
}

function readParam(text: string): SentenceParam {
  return /^\d{1,15}$/.test(text) ? Number(text) : (readSentence(text) ?? text)
}

function toPattern(reason: ErrorReason, template: string): Pattern {
  const names: string[] = []
  const source = template
    .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => (names.push(name), '(.+?)'))
  return { reason, names, pattern: new RegExp(`^${source}$`, 's') }
}

/** Failure columns of a row; null and "": no failure. */
type Stored = { text: string | null; reason: string | null; params: SentenceParams | null }

/**
 * Returns the sentence of a row. null: no failure, or an unknown sentence.
 * A process of an earlier version writes only the text, so a text that says another reason than the row's is newer.
 */
export function storedSentence({ text, reason, params }: Stored): Sentence | null {
  if (!text) return null
  const sentence = reason && isErrorReason(reason) ? { reason, params: params ?? {} } : null
  return sentence && contractText(sentence) === text ? sentence : (readSentence(text) ?? sentence)
}

/** A stored sentence for a page; "" and texts without a reason are unchanged. */
export type Failure = string | Sentence

export function readFailure(stored: Stored): Failure {
  return storedSentence(stored) ?? stored.text ?? ''
}
