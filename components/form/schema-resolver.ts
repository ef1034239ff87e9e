import { toNestErrors } from '@hookform/resolvers'
import type { FieldError, FieldValues, Resolver } from 'react-hook-form'
import type { z } from 'zod'

export type Issue = z.core.$ZodIssue
/** Loads the schema that the server checks the same form with. */
export type LoadSchema = () => Promise<z.ZodType>

/**
 * Checks a form with the server's own schema, which is loaded when something is to be checked for the first time. The
 * values stay as they are: the server reads them again.
 */
export function schemaResolver<Values extends FieldValues>(
  loadSchema: LoadSchema,
  describe: (issue: Issue) => string,
): Resolver<Values> {
  return async (values, _context, options) => {
    const { config } = await import('zod')
    // Before any schema is made: compiled ones need eval, which the page's policy refuses.
    config({ jitless: true })
    const checked = (await loadSchema()).safeParse(values)
    if (checked.success) return { values, errors: {} }
    const errors: Record<string, FieldError> = {}
    for (const issue of checked.error.issues)
      errors[issue.path.join('.')] ??= { type: issue.code, message: describe(issue) }
    return { values: {}, errors: toNestErrors<Values>(errors, options) }
  }
}
