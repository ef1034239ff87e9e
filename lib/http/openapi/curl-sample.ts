import type { Contract } from '@/lib/http/contract/contract'
import { z } from 'zod'

/** Returns a Markdown code block with a sample curl command for a call. */
export function curlSample(contract: Contract, publicUrl: string): string {
  const { method, path } = contract
  const address = `${publicUrl}${path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`
  const body = JSON.stringify({ token: '$TOKEN', ...sampleParameters(contract) }).replace('"$TOKEN"', `"'$TOKEN'"`)
  const line =
    method === 'POST'
      ? `curl -s "${address}" \\\n  -d '${body}'`
      : `curl -s${method === 'GET' ? '' : ` -X ${method}`} "${address}?token=$TOKEN"`
  return `\`\`\`sh\n${line}\n\`\`\``
}

/** Returns sample values of a call's parameters, without its token. */
export function sampleParameters({ parameters }: Pick<Contract, 'parameters'>): Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' })
  const samples = Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === 'object' && schema.examples ? [[name, schema.examples[0]]] : [],
  )
  return Object.fromEntries(samples) as Record<string, unknown>
}
