import { z } from 'zod'
import { maxAnswerLength } from '@/lib/rule/rule-fields'

export type ModelAnswer = {
  /** Plain text for the person; "": the model has none. */
  answer: string
  /** Whether the model asks for a person. */
  isHandover: boolean
  /** Articles that the answer uses; only articles that the model was given. */
  articleIds: string[]
}

const answerShape = z
  .object({
    answer: z.string().nullish(),
    handover: z.boolean().nullish(),
    article_ids: z.array(z.string().max(100)).max(100).nullish().catch(null),
  })
  // Any other JSON is a text that a model may send, for example one that a person requested.
  .refine((fields) => 'answer' in fields || 'handover' in fields)

/**
 * Reads a model's response: the JSON `{answer, handover, article_ids}`, also in a code block, otherwise plain text. Control and
 * direction characters are removed, and the text is cut at the length of a message. Never throws. Spec: F5 (API and command line).
 */
export function readAnswer(response: string, givenIds: readonly string[]): ModelAnswer {
  const parsed = answerShape.safeParse(parseObject(response))
  if (!parsed.success) return { answer: plainAnswer(response), isHandover: false, articleIds: [] }
  const { answer, handover, article_ids: articleIds } = parsed.data
  const cited = givenIds.filter((id) => articleIds?.includes(id))
  return { answer: plainAnswer(answer ?? ''), isHandover: handover ?? false, articleIds: cited }
}

function parseObject(response: string): unknown {
  const fenced = /^\s*```(?:json)?\s*([\s\S]*?)```\s*$/.exec(response)?.[1] ?? response
  try {
    return JSON.parse(fenced)
  } catch {
    return null
  }
}

function plainAnswer(text: string): string {
  const plain = text.replace(/[^\P{Cc}\n\t]|\p{Cs}|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
  return [...plain.trim()].slice(0, maxAnswerLength).join('').trim()
}
