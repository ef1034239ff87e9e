import { AppError } from '@/lib/errors'
import { parseForm } from '@/lib/http/parse-form'

export const maxBodyBytes = 1024 * 1024

/**
 * Reads the parameters of a request: the JSON object of a POST, whatever its Content-Type, otherwise the `names` in the query.
 * @throws INVALID_PARAMETER for a body that is no JSON object in UTF-8, a query that is not UTF-8, or a repeated name;
 * BODY_TOO_LARGE over 1 MiB. Spec: A2 (HTTP status and envelope), A3 (access token).
 */
export async function readParameters(request: Request, names: readonly string[]): Promise<Record<string, unknown>> {
  return request.method === 'POST' ? readObject(request) : readQuery(new URL(request.url).search.slice(1), names)
}

function readQuery(query: string, names: readonly string[]): Record<string, unknown> {
  const parameters = new Map<string, string>()
  for (const [name, value] of parseForm(Buffer.from(query))) {
    if (!names.includes(name)) continue
    if (parameters.has(name))
      throw new AppError('INVALID_PARAMETER', { reason: 'parameter_repeated', params: { name }, parameter: name })
    parameters.set(name, value)
  }
  return Object.fromEntries(parameters)
}

async function readObject(request: Request): Promise<Record<string, unknown>> {
  return parseObject(await readBytes(request))
}

/** Parses a JSON object in UTF-8. @throws INVALID_PARAMETER */
export function parseObject(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (cause) {
    throw new AppError('INVALID_PARAMETER', { reason: 'body_not_utf8_json', parameter: 'body', cause })
  }
  throw new AppError('INVALID_PARAMETER', { reason: 'body_not_object', parameter: 'body' })
}

/** Reads a body and counts its bytes, because a chunked body does not state its length. @throws BODY_TOO_LARGE */
export async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > maxBodyBytes)
        throw new AppError('BODY_TOO_LARGE', { reason: 'body_too_large', params: { limit: '1 MiB' } })
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('INVALID_PARAMETER', { reason: 'body_cut_off', parameter: 'body', cause })
  }
  return Buffer.concat(chunks)
}
