import type { ErrorCode } from '@/lib/error-codes'
import type { errorReasons, ErrorReason } from '@/lib/error-reasons'
import { contractText, type Sentence, type SentenceArguments, type SentenceOf, sentenceOf } from '@/lib/sentence'

/** The codes of the errors that a reason explains. */
export type CodeOf<Reason extends ErrorReason> = (typeof errorReasons)[Reason]['code'] extends infer Code
  ? Code extends readonly (infer One)[]
    ? One
    : Code
  : never

type Options = {
  /** Which parameter of the request is at fault. */
  parameter?: string
  retryAfterSeconds?: number
  /** Where the person can join a group by themselves. */
  joinUrl?: string
  cause?: unknown
}

/**
 * A failure that is reported to the caller: a code of the closed list, and the reason with the values of its sentence.
 * `message` is that sentence in Chinese, as the API returns it; the dashboard shows the reason in the viewer's language.
 */
export class AppError<Reason extends ErrorReason = ErrorReason> extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly options: Options & Sentence

  constructor(code: CodeOf<Reason> & ErrorCode, options: Options & SentenceOf<Reason>) {
    super(contractText(options), { cause: options.cause })
    this.code = code
    this.options = options
  }
}

/** A failure that is returned as an outcome or stored in a row, instead of being thrown. */
export type Failure = { code: ErrorCode; sentence: Sentence }

/** Creates a failure; the compiler checks that the code and the values fit the reason. */
export function failWith<Reason extends ErrorReason>(
  code: CodeOf<Reason> & ErrorCode,
  ...sentence: SentenceArguments<Reason>
): Failure {
  return { code, sentence: sentenceOf(...sentence) }
}

/** Creates an error whose reason is known only at run time; `text`: the stored sentence, if any. */
export function errorOf(code: ErrorCode, sentence: Sentence, options: Options & { text?: string } = {}): AppError {
  const { text, ...others } = options
  const error = new AppError(code, { ...others, ...sentence } as never)
  if (text) error.message = text
  return error
}
