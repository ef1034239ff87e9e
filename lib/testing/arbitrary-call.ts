import fc from 'fast-check'
import { z } from 'zod'
import { anyText, anyValue, type Schema, valueOf } from './arbitrary-value'
import type { ApiCallUnderTest } from './list-api-routes'

/** One request as a client may make it, sane or not. */
export type FuzzedCall = {
  /** By name, so that a failure prints as something to read. */
  name: string
  token: unknown
  bearer: string | undefined
  /** Of the path: which of the test's robots, or any text. */
  robot: number | string
  message: string
  /** Beside the token. */
  parameters: Record<string, unknown>
  /** What became of a body on its way. */
  damage: 'none' | 'cut' | 'bytes' | 'array' | 'null' | 'empty' | 'text'
  headers: Record<string, string>
}

/**
 * Draws requests to one of the calls: what its schema lets through most of the time, else with a field of another kind,
 * left out or added, a damaged body, an odd token, id or header. `texts` are values that mean something to the test.
 */
export function arbitraryCall(calls: ApiCallUnderTest[], given: { token: string; texts: string[]; robots: number }) {
  return fc.constantFrom(...calls).chain((call) => {
    const { properties = {} } = z.toJSONSchema(call.contract.parameters, { io: 'input' })
    const fields = Object.entries(properties).map(([name, schema]) => [
      name,
      fc.oneof(
        { weight: 8, arbitrary: valueOf(schema as Schema) },
        { weight: 4, arbitrary: fc.constantFrom(...given.texts) },
        { weight: 2, arbitrary: anyValue },
      ),
    ])
    const known = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] })
    const whole = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>)
    const added = fc.dictionary(fc.oneof(anyText, fc.constantFrom('__proto__', 'constructor', 'Token')), anyValue, {
      maxKeys: 2,
    })
    return fc.record<FuzzedCall>({
      name: fc.constant(call.name),
      token: mostly(given.token, fc.oneof(anyValue, fc.constant(undefined))),
      bearer: mostly(undefined, fc.oneof(fc.constant(given.token), headerText)),
      robot: fc.oneof({ weight: 9, arbitrary: fc.nat(given.robots - 1) }, { weight: 1, arbitrary: anyText }),
      message: fc.oneof(fc.constantFrom(...given.texts), anyText),
      parameters: fc.oneof(
        whole,
        known,
        fc.tuple(whole, added).map(([right, more]) => ({ ...more, ...right })),
      ),
      damage: mostly('none', fc.constantFrom('cut', 'bytes', 'array', 'null', 'empty', 'text')),
      headers: mostly({}, fc.record({ 'idempotency-key': headerText, 'content-type': headerText })),
    })
  })
}

const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })

function mostly<Value>(value: Value, otherwise: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: otherwise })
}
