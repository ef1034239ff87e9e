import { contractText, type Sentence, type SentenceParam, type SentenceParams } from '@/lib/sentence'

/** The columns of a command or a message that say why it failed. */
export function errorColumns(sentence: Sentence) {
  return {
    errorMessage: contractText(sentence),
    errorReason: sentence.reason,
    errorParams: storableParams(sentence),
  }
}

/** The columns of a membership or a qun that say why its last step failed. */
export function failureColumns(sentence: Sentence) {
  return {
    failure: contractText(sentence),
    failureReason: sentence.reason,
    failureParams: storableParams(sentence),
  }
}

/** The same columns when the last step did not fail. */
export const noFailure = { failure: '', failureReason: null, failureParams: null } as const

/** Returns the values of a sentence without what jsonb refuses: a value may quote an endpoint. null: it has none. */
export function storableParams({ params }: Sentence): SentenceParams | null {
  if (!params) return null
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, storable(value)]))
}

function storable(value: SentenceParam): SentenceParam {
  if (typeof value === 'number') return value
  if (typeof value === 'object') return { reason: value.reason, params: storableParams(value) ?? {} }
  // A lone surrogate becomes U+FFFD.
  return Buffer.from(value.replaceAll('\0', '')).toString()
}
