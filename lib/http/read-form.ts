import { decodeUtf8 } from '@/lib/decode-utf8'
import { AppError } from '@/lib/errors'
import { notUtf8, parseForm } from '@/lib/http/parse-form'
import { parseObject, readBytes, repeated } from '@/lib/http/read-parameters'

/**
 * Reads the parameters of a POST from JSON or a form. The content decides, not the Content-Type: JSON begins with a brace.
 * @throws INVALID_PARAMETER for another format, bytes that are not UTF-8, or a repeated name; BODY_TOO_LARGE over 1 MiB.
 * Spec: B1 (responses and errors).
 */
export async function readForm(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request)
  const type = request.headers.get('content-type') ?? ''
  if (/^multipart\/form-data/i.test(type)) return collect(await readMultipart(bytes, type))
  const isJson = /^\s*[{[]/.test(bytes.subarray(0, 64).toString('latin1').replace(/^ï»¿/, ''))
  if (isJson || /json/i.test(type) || bytes.length === 0) return parseObject(bytes)
  return collect(parseForm(bytes))
}

async function readMultipart(bytes: Buffer, type: string): Promise<FormData> {
  const form = await parseMultipart(bytes, type)
  if (decodeUtf8(bytes) !== null) return form
  // The parser replaced bytes that it could not decode by U+FFFD.
  const [garbled = 'body'] =
    [...form].find((field) => field.some((text) => typeof text === 'string' && text.includes('\ufffd'))) ?? []
  throw notUtf8(garbled)
}

async function parseMultipart(bytes: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': type } }).formData()
  } catch (cause) {
    throw new AppError('INVALID_PARAMETER', { reason: 'form_cut_off', parameter: 'body', cause })
  }
}

function collect(entries: Iterable<[string, unknown]>): Record<string, unknown> {
  const parameters = new Map<string, unknown>()
  for (const [name, value] of entries) {
    if (parameters.has(name)) throw repeated(name)
    parameters.set(name, value)
  }
  return Object.fromEntries(parameters)
}
