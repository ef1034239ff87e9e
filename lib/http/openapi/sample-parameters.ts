import { z } from 'zod'
import type { Contract } from '../contract/contract'

/** A call's parameters beside its token, by their samples. */
export function sampleParameters({ parameters }: Pick<Contract, 'parameters'>): Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' })
  const samples = Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === 'object' && schema.examples ? [[name, schema.examples[0]]] : [],
  )
  return Object.fromEntries(samples) as Record<string, unknown>
}
