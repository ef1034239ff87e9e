import fc from 'fast-check'
import { z } from 'zod'
import { anyText, anyValue, type Schema, valueOf } from '@/lib/testing/arbitrary-value'
import type { ApiCallUnderTest } from '@/lib/testing/list-api-routes'

/** One request as a client may send it, valid or not. */
export type FuzzedCall = {
  /** The name of the call, so that a failure is readable. */
  name: string
  token: unknown
  bearer: string | undefined
  /** The robot in the path: the index of a robot of the test, or any text. */
  robot: number | string
  message: string
  parameters: Record<string, unknown>
  damage: 'none' | 'cut' | 'bytes' | 'array' | 'null' | 'empty' | 'text'
  headers: Record<string, string>
}

/**
 * Returns an arbitrary of requests to one of the calls: mostly valid for its schema, otherwise with a field of another type, missing or
 * added, a damaged body, or an unusual token, id or header. `texts` are values with a meaning in the test.
 */
export function arbitraryCall(calls: ApiCallUnderTest[], sample: { token: string; texts: string[]; robots: number }) {
  return fc.constantFrom(...calls).chain((call) => {
    const { properties = {} } = z.toJSONSchema(call.contract.parameters, { io: 'input' })
    const fields = Object.entries(properties).map(([name, schema]) => [
      name,
      fc.oneof(
        { weight: 8, arbitrary: valueOf(schema as Schema) },
        { weight: 4, arbitrary: fc.constantFrom(...sample.texts) },
        { weight: 2, arbitrary: anyValue },
        ...absenceOf(schema as Schema),
      ),
    ])
    const partial = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] })
    const complete = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>)
    const added = fc.dictionary(fc.oneof(anyText, fc.constantFrom('__proto__', 'constructor', 'Token')), anyValue, {
      maxKeys: 2,
    })
    return fc.record<FuzzedCall>({
      name: fc.constant(call.name),
      token: mostly(sample.token, fc.oneof(anyValue, fc.constant(undefined))),
      bearer: mostly(undefined, fc.oneof(fc.constant(sample.token), headerText)),
      robot: fc.oneof({ weight: 9, arbitrary: fc.nat(sample.robots - 1) }, { weight: 1, arbitrary: anyText }),
      message: fc.oneof(fc.constantFrom(...sample.texts), anyText),
      parameters: fc.oneof(
        { weight: 3, arbitrary: complete },
        { weight: 1, arbitrary: partial },
        { weight: 2, arbitrary: fc.tuple(complete, added).map(([valid, extra]) => ({ ...extra, ...valid })) },
      ),
      damage: mostly('none', fc.constantFrom('cut', 'bytes', 'array', 'null', 'empty', 'text')),
      headers: mostly({}, fc.record({ 'idempotency-key': headerText, 'content-type': headerText })),
    })
  })
}

/** A parameter whose sample is "" is an optional id: one that refers to nothing would make nearly every request fail. */
function absenceOf({ examples = [] }: Schema & { examples?: unknown[] }) {
  return examples.includes('') ? [{ weight: 14, arbitrary: fc.constant('') }] : []
}

const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })

function mostly<Value>(value: Value, otherwise: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: otherwise })
}
