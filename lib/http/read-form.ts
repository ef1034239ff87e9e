import { AppError } from '@/lib/errors'
import { parseObject, readBytes } from './read-parameters'

/**
 * Reads a POST's parameters from JSON or a form, told apart by content: JSON begins with a brace, whatever the Content-Type says.
 * @throws INVALID_PARAMETER for neither, or for a name given twice; BODY_TOO_LARGE past 1 MiB. Spec: B1.
 */
export async function readForm(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request)
  const type = request.headers.get('content-type') ?? ''
  if (/^multipart\/form-data/i.test(type)) return collect(await readMultipart(bytes, type))
  const isJson = /^\s*[{[]/.test(bytes.subarray(0, 64).toString('latin1').replace(/^ï»¿/, ''))
  if (isJson || /json/i.test(type) || bytes.length === 0) return parseObject(bytes)
  return collect(new URLSearchParams(bytes.toString('utf8')))
}

async function readMultipart(bytes: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': type } }).formData()
  } catch (cause) {
    throw new AppError('INVALID_PARAMETER', '请求正文不是完整的表单', { parameter: 'body', cause })
  }
}

function collect(entries: Iterable<[string, unknown]>): Record<string, unknown> {
  const parameters = new Map<string, unknown>()
  for (const [name, value] of entries) {
    if (parameters.has(name)) throw new AppError('INVALID_PARAMETER', `参数 ${name} 重复`, { parameter: name })
    parameters.set(name, value)
  }
  return Object.fromEntries(parameters)
}
