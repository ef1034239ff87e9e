import type { Contract } from '../contract/contract'
import { sampleParameters } from './sample-parameters'

/** Writes a call as a line for a terminal, with its parameters' samples. */
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
