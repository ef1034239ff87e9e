import { z } from 'zod'

const refusedInLine = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u
const refusedInText = /[^\P{Cc}\n\r\t]|\p{Cs}/u
/** Only spaces, and characters that no font draws, such as U+200B and U+3164. */
const invisible = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u

/**
 * Returns the schema of a text parameter: 1 to `maxLength` Unicode code points, well-formed, not only whitespace, without control
 * characters (`isMultiline` allows line breaks and tabs). `isTrimmed` trims it first; `mayBeEmpty` accepts "" and whitespace;
 * `isVisible` refuses a text of invisible characters only, which some people have as their nickname.
 */
export function plainText(options: {
  maxLength: number
  isTrimmed?: boolean
  isMultiline?: boolean
  mayBeEmpty?: boolean
  isVisible?: boolean
}) {
  const refused = options.isMultiline ? refusedInText : refusedInLine
  const text = options.isTrimmed ? z.string().trim() : z.string()
  const checked = text.superRefine((value, context) => {
    const max = options.maxLength
    const isBlank = options.isVisible ? invisible.test(value) : !value.trim()
    if (isBlank && !options.mayBeEmpty)
      context.addIssue({ code: 'custom', message: '不能为空', params: { rule: 'required' } })
    else if ([...value].length > max)
      context.addIssue({ code: 'custom', message: `不能超过 ${max} 个字符`, params: { rule: 'tooLong', max } })
    else if (refused.test(value))
      context.addIssue({ code: 'custom', message: '含有不允许的字符', params: { rule: 'characters' } })
  })
  // For the API reference, because a refinement has no JSON schema.
  return checked.meta({ maxLength: options.maxLength, ...(options.mayBeEmpty ? {} : { minLength: 1, pattern: '\\S' }) })
}

/** A name that an operator or a program chooses for something of ours: one visible line. */
export const visibleName = (maxLength: number) => plainText({ maxLength, isTrimmed: true, isVisible: true })
