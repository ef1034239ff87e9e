import { createWriteStream } from 'node:fs'
import { access, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { createGzip } from 'node:zlib'
import { createTarPacker } from 'modern-tar'

export type ArchiveWriter = { addFile(name: string, content: Uint8Array): Promise<void> }

/**
 * Writes a tar.gz file that only its owner can read. It gets its name when it is complete and on the disk. Holds one file of the
 * archive in memory.
 * @throws when the file exists.
 */
export async function writeArchive<Result>(
  path: string,
  write: (archive: ArchiveWriter) => Promise<Result>,
): Promise<Result> {
  if (await isThere(path)) throw new Error(`${path} exists: choose another name.`)
  const partial = `${path}.partial`
  const { readable, controller } = createTarPacker()
  const target = createWriteStream(partial, { mode: 0o600, flush: true })
  const stored = pipeline(Readable.fromWeb(readable as ReadableStream), createGzip(), target)
  const addFile = async (name: string, content: Uint8Array) => {
    const writer = controller.add({ name, size: content.length, mode: 0o600 }).getWriter()
    await writer.write(content)
    await writer.close()
  }
  const finish = async () => {
    try {
      const result = await write({ addFile })
      controller.finalize()
      return result
    } catch (error) {
      controller.error(error)
      throw error
    }
  }
  const [written, kept] = await Promise.allSettled([finish(), stored])
  if (written.status === 'fulfilled' && kept.status === 'fulfilled') {
    await rename(partial, path)
    return written.value
  }
  await rm(partial, { force: true })
  // A full disk fails both; the reason is that of the file.
  throw kept.status === 'rejected' ? kept.reason : (written as PromiseRejectedResult).reason
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
