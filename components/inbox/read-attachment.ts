import type { z } from 'zod'
import type { replyForm } from '@/lib/dashboard/conversation/form'

const maxBytes = 10 * 1024 * 1024
/** Images that WeChat shows, some of them converted; others are files. */
const shownTypes = /^image\/(png|jpeg|gif|bmp|webp|avif)$/

/** What the next reply sends. `previewUrl` null: a file. */
export type Attachment = {
  body: Exclude<z.input<typeof replyForm>, { type: 'text' }>
  name: string
  sizeBytes: number
  previewUrl: string | null
}

type Problem = 'tooLarge' | 'empty' | 'notImage' | 'noUploads'

/** Reads an image or file that a person chose, pasted or dropped, as the connection can send it; a refusal is the key of its text. */
export async function readAttachment(
  file: File,
  { canSendImages, canSendFiles }: { canSendImages: boolean; canSendFiles: boolean },
): Promise<Attachment | { problem: Problem }> {
  const isImage = shownTypes.test(file.type) && canSendImages
  if (!isImage && !canSendFiles) return { problem: canSendImages ? 'notImage' : 'noUploads' }
  if (file.size > maxBytes) return { problem: 'tooLarge' }
  if (file.size === 0) return { problem: 'empty' }
  const url = await readUrl(file)
  const dataBase64 = url.slice(url.indexOf(',') + 1)
  const body = isImage
    ? ({ type: 'image', dataBase64 } as const)
    : ({ type: 'file', fileName: file.name.slice(-500), dataBase64 } as const)
  return { body, name: file.name, sizeBytes: file.size, previewUrl: isImage ? url : null }
}

function readUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')))
    reader.readAsDataURL(file)
  })
}
