import { errorReasons, type ErrorReason } from '@/lib/error-reasons'

type Text<Reason extends ErrorReason> = (typeof errorReasons)[Reason]['zh']
type NamesIn<Template> = Template extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** A value of a sentence; it may be a sentence itself. */
export type SentenceParam = string | number | Sentence
export type SentenceParams = Record<string, SentenceParam>

/** A reason with its values: stored in rows, rendered in Chinese by the API and in the viewer's language by the dashboard. */
export type Sentence = { reason: ErrorReason; params?: SentenceParams }

/** The values that the sentence of a reason requires; additional ones are allowed. */
export type ParamsOf<Reason extends ErrorReason> = SentenceParams & Record<NamesIn<Text<Reason>>, SentenceParam>

/** A sentence with every value that its reason needs. */
export type SentenceOf<Reason extends ErrorReason> = { reason: Reason } & ([NamesIn<Text<Reason>>] extends [never]
  ? { params?: never }
  : { params: ParamsOf<Reason> })

/** A reason, and its values if its sentence requires any. */
export type SentenceArguments<Reason extends ErrorReason> = [
  reason: Reason,
  ...([NamesIn<Text<Reason>>] extends [never] ? [] : [params: ParamsOf<Reason>]),
]

/** Creates a sentence; the compiler requires its values. */
export function sentenceOf<Reason extends ErrorReason>(...[reason, params]: SentenceArguments<Reason>): Sentence {
  return params ? { reason, params } : { reason }
}

/** Returns the sentence in Chinese, as in the documented API. */
export function contractText({ reason, params = {} }: Sentence): string {
  return errorReasons[reason].zh.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    return typeof value === 'object' ? contractText(value) : String(value)
  })
}

/** Returns whether a text read from a row is a reason that this process knows. */
export function isErrorReason(text: string): text is ErrorReason {
  return Object.hasOwn(errorReasons, text)
}
