import { fileTypeFromBuffer } from 'file-type'
import { readImage } from '@/lib/egress/read-image'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { cleanFileName } from '@/lib/media/file-name'

/** What a message of an upload needs; `content` is the link to the stored file. */
type Upload = {
  type: 'image' | 'file'
  content: string
  upload: { mediaId: string; contentType: string; fileName: string | null; bytes: Buffer }
}
export type UploadedImage = { contentType: string; bytes: Buffer }

const maxUploadMib = 10
const maxUploadBytes = maxUploadMib * 1024 * 1024

/**
 * Reads an uploaded image, which is sent from the database: its link is not fetched.
 * @throws IMAGE_UNUSABLE for what WeChat does not show as an image, and over 10 MiB
 */
export async function readImageUpload(bytes: Buffer, link: { publicUrl: string }): Promise<Upload> {
  return imageUpload(await readUploadedImage(bytes, { maxMib: maxUploadMib }), link)
}

/** Returns an uploaded image as WeChat shows it. @throws IMAGE_UNUSABLE if there is no such form, or if it is over `maxMib` */
export async function readUploadedImage(bytes: Buffer, { maxMib }: { maxMib: number }): Promise<UploadedImage> {
  const maxBytes = maxMib * 1024 * 1024
  const image = await readImage({ bytes, encoding: '' }, maxBytes)
  if (!image.ok) throw new AppError('IMAGE_UNUSABLE', { reason: 'upload_unusable', params: { cause: image.sentence } })
  if (image.bytes.length > maxBytes)
    throw new AppError('IMAGE_UNUSABLE', {
      reason: 'upload_unusable',
      params: { cause: { reason: 'image_size', params: { size: maxMib } } },
    })
  return { contentType: image.contentType, bytes: image.bytes }
}

/** Returns a message of an image that is stored with it. */
export function imageUpload({ contentType, bytes }: UploadedImage, { publicUrl }: { publicUrl: string }): Upload {
  const mediaId = newId('media')
  return {
    type: 'image',
    content: `${publicUrl}/v1/media/${mediaId}`,
    upload: { mediaId, contentType, fileName: null, bytes },
  }
}

/** Reads an uploaded file, which is sent with its name. Its type is read from its bytes. @throws INVALID_PARAMETER if it is empty, or over 10 MiB */
export async function readFileUpload(
  { bytes, fileName }: { bytes: Buffer; fileName: string },
  { publicUrl }: { publicUrl: string },
): Promise<Upload> {
  if (bytes.length === 0) throw new AppError('INVALID_PARAMETER', { reason: 'file_empty' })
  if (bytes.length > maxUploadBytes)
    throw new AppError('INVALID_PARAMETER', { reason: 'file_too_large', params: { size: maxUploadMib } })
  const mediaId = newId('media')
  const name = cleanFileName(fileName)
  const contentType = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime ?? 'application/octet-stream'
  return {
    type: 'file',
    content: `${publicUrl}/v1/media/${mediaId}?name=${encodeURIComponent(name)}`,
    upload: { mediaId, contentType, fileName: name, bytes },
  }
}
