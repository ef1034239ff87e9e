import { z } from 'zod'
import type { Contract } from '../contract/contract'

/** Writes a call as a line for a terminal, with its parameters' examples. */
export function curlSample({ method, path, parameters }: Contract, publicUrl: string): string {
  const address = `${publicUrl}${path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' })
  const examples = Object.entries(properties).flatMap(([name, schema]) => {
    const [example] = typeof schema === 'object' ? (schema.examples ?? []) : []
    return example === undefined ? [] : [[name, example] as const]
  })
  const body = JSON.stringify({ token: '$TOKEN', ...Object.fromEntries(examples) }).replace('"$TOKEN"', `"'$TOKEN'"`)
  const line =
    method === 'POST'
      ? `curl -s "${address}" \\\n  -d '${body}'`
      : `curl -s${method === 'GET' ? '' : ` -X ${method}`} "${address}?token=$TOKEN"`
  return `\`\`\`sh\n${line}\n\`\`\``
}
