import fc from 'fast-check'
import type { z } from 'zod'

export type Schema = z.core.JSONSchema.JSONSchema

const oddTexts = [
  '',
  ' ',
  '\n',
  '\0',
  '\ud800',
  '\u202e',
  '😀',
  ':\n',
  '<b>',
  "'; drop table robots; --",
  '\ufeff',
  '%00',
  '@@',
]
/** Texts that often break parsers: NUL, lone surrogates, whitespace, long repetitions. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(...oddTexts),
  fc.constantFrom('x', '字', '😀', ' ', '\0').chain((unit) => fc.nat(3000).map((length) => unit.repeat(length))),
)
const deep = fc.constantFrom(10, 100, 400).map((depth) => nested(depth))
export const anyValue = fc.oneof(
  anyText,
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, -0, '0', [], {}, [[]], { length: 3 }, { toString: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
  deep,
)

const anyTimestamp = fc.constantFrom(
  '2026-11-21T08:00:00Z',
  '1970-01-01T00:00:00.000Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59-23:59',
  '2026-02-30T00:00:00Z',
)

/** Returns an arbitrary of values that a JSON Schema accepts, or nearly. */
export function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valueOf))
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'integer' || schema.type === 'number')
    return fc.integer({ min: Math.max(0, schema.minimum ?? 0) - 1, max: (schema.maximum ?? 2 ** 53) + 1 })
  if (schema.type === 'array') return fc.array(valueOf((schema.items ?? {}) as Schema), { maxLength: 4 })
  if (schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valueOf(field as Schema)])
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>)
  }
  const samples = fc.constantFrom(...(schema.examples ?? ['x']))
  const maxLength = schema.maxLength ?? 100
  const atTheEdge = fc.integer({ min: maxLength - 1, max: maxLength + 1 }).map((length) => '字'.repeat(length))
  return fc.oneof(
    { weight: 4, arbitrary: schema.format === 'date-time' ? anyTimestamp : samples },
    { weight: 1, arbitrary: atTheEdge },
    { weight: 1, arbitrary: anyText },
  )
}

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = [value]
  return value
}
