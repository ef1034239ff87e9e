import { AppError } from '@/lib/errors'

/** The longest body taken. */
export const maxBodyBytes = 1024 * 1024

/**
 * Reads what a request says: a POST's JSON object, whatever its Content-Type, else the query, where only `names` count.
 * @throws INVALID_PARAMETER for a body that is no JSON object in UTF-8 or one of `names` given twice,
 * BODY_TOO_LARGE past 1 MiB. Spec: A2, A3.
 */
export async function readParameters(request: Request, names: readonly string[]): Promise<Record<string, unknown>> {
  return request.method === 'POST' ? readObject(request) : readQuery(new URL(request.url).searchParams, names)
}

function readQuery(query: URLSearchParams, names: readonly string[]): Record<string, unknown> {
  const parameters: Record<string, unknown> = {}
  for (const name of names) {
    const [value, again] = query.getAll(name)
    if (again !== undefined) throw new AppError('INVALID_PARAMETER', `参数 ${name} 重复`, { parameter: name })
    if (value !== undefined) parameters[name] = value
  }
  return parameters
}

async function readObject(request: Request): Promise<Record<string, unknown>> {
  return parseObject(await readBytes(request))
}

/** Reads a JSON object. @throws INVALID_PARAMETER for anything else. */
export function parseObject(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (cause) {
    throw new AppError('INVALID_PARAMETER', '请求正文不是 UTF-8 编码的 JSON', { parameter: 'body', cause })
  }
  throw new AppError('INVALID_PARAMETER', '请求正文必须是 JSON 对象', { parameter: 'body' })
}

/** Counts while it reads: a chunked body tells no length before. */
export async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > maxBodyBytes) throw new AppError('BODY_TOO_LARGE', '请求正文超过 1 MiB')
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('INVALID_PARAMETER', '请求正文没有传完', { parameter: 'body', cause })
  }
  return Buffer.concat(chunks)
}
