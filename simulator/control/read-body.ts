import type { Context } from 'hono'
import type * as z from 'zod'

import { WorldError } from '@/simulator/world/world-error'

/** Parses a JSON body; an absent one counts as `{}`. @throws BAD_REQUEST with the name of the invalid field. */
export async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.infer<T>> {
  const text = await c.req.text()
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    throw new WorldError('BAD_REQUEST', 'the body is no JSON')
  }
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new WorldError('BAD_REQUEST', `${issue?.path.join('.') || 'body'}: ${issue?.message}`)
}
