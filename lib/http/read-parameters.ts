import { AppError } from '@/lib/errors'
import { findRepeatedName } from '@/lib/http/find-repeated-name'
import { parseForm } from '@/lib/http/parse-form'

export const maxBodyBytes = 1024 * 1024
/** Maximum body of a call that takes an image or file of 10 MiB as base64 in JSON. */
export const maxUploadBodyBytes = 14 * 1024 * 1024
/** Code points of a parameter's name that an error repeats. */
const maxNameLength = 64

/**
 * Reads the parameters of a request: the JSON object of a POST, whatever its Content-Type, otherwise the `names` in the query.
 * @throws INVALID_PARAMETER for a body that is not a JSON object in UTF-8, a query that is not UTF-8, or a repeated name;
 * BODY_TOO_LARGE over `maxBytes`. Spec: A2 (HTTP status and envelope), A3 (access token).
 */
export async function readParameters(
  request: Request,
  names: readonly string[],
  maxBytes = maxBodyBytes,
): Promise<Record<string, unknown>> {
  return request.method === 'POST'
    ? parseObject(await readBytes(request, maxBytes))
    : readQuery(new URL(request.url).search.slice(1), names)
}

function readQuery(query: string, names: readonly string[]): Record<string, unknown> {
  const parameters = new Map<string, string>()
  for (const [name, value] of parseForm(Buffer.from(query))) {
    if (!names.includes(name)) continue
    if (parameters.has(name)) throw repeated(name)
    parameters.set(name, value)
  }
  return Object.fromEntries(parameters)
}

/** Returns the error of a parameter that is given twice: programs differ in which value they use. */
export function repeated(name: string): AppError {
  const shown = [...name].slice(0, maxNameLength).join('')
  return new AppError('INVALID_PARAMETER', { reason: 'parameter_repeated', params: { name: shown }, parameter: shown })
}

/** Parses a JSON object in UTF-8. @throws INVALID_PARAMETER, also for a repeated name */
export function parseObject(bytes: Buffer): Record<string, unknown> {
  if (bytes.length === 0) throw new AppError('INVALID_PARAMETER', { reason: 'body_empty', parameter: 'body' })
  const { text, value } = parseJson(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError('INVALID_PARAMETER', { reason: 'body_not_object', parameter: 'body' })
  const name = findRepeatedName(text)
  if (name !== null) throw repeated(name)
  return value as Record<string, unknown>
}

function parseJson(bytes: Buffer): { text: string; value: unknown } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, value: JSON.parse(text) }
  } catch (cause) {
    throw new AppError('INVALID_PARAMETER', { reason: 'body_not_utf8_json', parameter: 'body', cause })
  }
}

/** Reads a body and counts its bytes, because a chunked body does not state its length. @throws BODY_TOO_LARGE */
export async function readBytes(request: Request, maxBytes = maxBodyBytes): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > maxBytes) {
        const limit = `${maxBytes / 1024 / 1024} MiB`
        throw new AppError('BODY_TOO_LARGE', { reason: 'body_too_large', params: { limit } })
      }
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('INVALID_PARAMETER', { reason: 'body_cut_off', parameter: 'body', cause })
  }
  return Buffer.concat(chunks)
}
