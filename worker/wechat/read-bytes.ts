/** A response of `fetch`, of the platform's or of undici. */
type Readable = {
  headers: { get(name: string): string | null }
  body: AsyncIterable<unknown> | null
}

/** Reads a body of up to `maxBytes`. @throws RangeError for a longer one */
export async function readBytes(response: Readable, maxBytes: number): Promise<Buffer> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw new RangeError('the response is too long')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array
    size += bytes.length
    if (size > maxBytes) throw new RangeError('the response is too long')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
