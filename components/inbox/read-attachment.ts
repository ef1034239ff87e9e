import type { z } from 'zod'
import type { replyForm } from '@/lib/dashboard/conversation/form'

const maxBytes = 10 * 1024 * 1024
/** Attachments that wait to be sent. */
const maxAttachments = 9
/** Images that WeChat shows, some of them converted; others are files. */
const shownTypes = /^image\/(png|jpeg|gif|bmp|webp|avif)$/

/** What the next reply sends. `previewUrl` null: a file. */
export type Attachment = {
  /** Unique in the composer. */
  key: number
  body: Exclude<z.input<typeof replyForm>, { type: 'text' }>
  name: string
  sizeBytes: number
  previewUrl: string | null
}

type ReadFile = Omit<Attachment, 'key'>
type Problem = 'tooLarge' | 'empty' | 'notImage' | 'noUploads' | 'unreadable' | 'tooMany'
type Abilities = { canSendImages: boolean; canSendFiles: boolean }

/**
 * Reads the files that a person chose, pasted or dropped, as the connection can send them: each is taken, or refused with the key of the
 * reason's text. `takenCount`: attachments that wait already.
 */
export async function readAttachments(
  files: readonly File[],
  { takenCount, ...abilities }: Abilities & { takenCount: number },
): Promise<{ taken: ReadFile[]; refused: { name: string; problem: Problem }[] }> {
  const taken: ReadFile[] = []
  const refused: { name: string; problem: Problem }[] = []
  for (const file of files) {
    const isFull = takenCount + taken.length >= maxAttachments
    const read = isFull ? { problem: 'tooMany' as const } : await readAttachment(file, abilities)
    if ('problem' in read) refused.push({ name: file.name, problem: read.problem })
    else taken.push(read)
  }
  return { taken, refused }
}

async function readAttachment(
  file: File,
  { canSendImages, canSendFiles }: Abilities,
): Promise<ReadFile | { problem: Problem }> {
  const isImage = shownTypes.test(file.type) && canSendImages
  if (!isImage && !canSendFiles) return { problem: canSendImages ? 'notImage' : 'noUploads' }
  if (file.size > maxBytes) return { problem: 'tooLarge' }
  if (file.size === 0) return { problem: 'empty' }
  const url = await readUrl(file)
  if (url === null) return { problem: 'unreadable' }
  const dataBase64 = url.slice(url.indexOf(',') + 1)
  const body = isImage
    ? ({ type: 'image', dataBase64 } as const)
    : ({ type: 'file', fileName: file.name.slice(-500), dataBase64 } as const)
  return { body, name: file.name, sizeBytes: file.size, previewUrl: isImage ? url : null }
}

/** null: the file cannot be read, as a folder. */
function readUrl(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : null))
    reader.addEventListener('error', () => resolve(null))
    reader.readAsDataURL(file)
  })
}
