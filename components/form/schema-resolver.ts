import { toNestErrors } from '@hookform/resolvers'
import type { FieldError, FieldValues, Resolver } from 'react-hook-form'
import type { z } from 'zod'
import type { Issue } from '@/lib/dashboard/error-response'

/** Loads the schema with which the server validates the form. */
export type LoadSchema = () => Promise<z.ZodType>

/**
 * Validates a form with the server's schema, loaded on the first validation. The values stay unparsed: the server parses
 * them again.
 */
export function schemaResolver<Values extends FieldValues>(
  loadSchema: LoadSchema,
  describe: (issue: Issue) => string,
): Resolver<Values> {
  return async (values, _context, options) => {
    const schema = await prepareSchema(loadSchema).catch(() => null)
    const checked = schema?.safeParse(values)
    // If the schema fails to load, only the server validates; offline, the submission reports it.
    if (!checked || checked.success) return { values, errors: {} }
    const errors: Record<string, FieldError> = {}
    for (const issue of checked.error.issues)
      errors[issue.path.join('.')] ??= { type: issue.code, message: describe(issue as Issue) }
    return { values: {}, errors: toNestErrors<Values>(errors, options) }
  }
}

async function prepareSchema(loadSchema: LoadSchema): Promise<z.ZodType> {
  const { config } = await import('zod')
  // Before any schema is created: compiled schemas need eval, which the content security policy forbids.
  config({ jitless: true })
  return loadSchema()
}
