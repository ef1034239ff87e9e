import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Keeps the bytes of images and files; their metadata is in the world's data. */
export type MediaStore = {
  put(mediaId: string, bytes: Buffer): void
  get(mediaId: string): Buffer | null
}

export function createMemoryMedia(): MediaStore {
  const kept = new Map<string, Buffer>()
  return {
    put: (mediaId, bytes) => void kept.set(mediaId, bytes),
    get: (mediaId) => kept.get(mediaId) ?? null,
  }
}

/** Keeps each file under its media id in `folder`, which is created at the first write. */
export function createFolderMedia(folder: string): MediaStore {
  return {
    put(mediaId, bytes) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(path.join(folder, mediaId), bytes)
    },
    get(mediaId) {
      try {
        return readFileSync(path.join(folder, mediaId))
      } catch {
        return null
      }
    },
  }
}
