import { FormData } from 'undici'
import { z } from 'zod'
import { makeClientId, type WebClient } from '@/worker/wechat/client/web-client'

const chunkBytes = 512 * 1024

/** The types of images that WeChat's web client shows, with their extension; others would arrive as files. */
const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif', 'image/bmp': 'bmp' } as const

type ImageType = keyof typeof extensions
/** An image that WeChat has and that is not sent yet. */
export type UploadedImage = { mediaId: string; extension: (typeof extensions)[ImageType] }

export function isShownImage(contentType: string): contentType is ImageType {
  return Object.hasOwn(extensions, contentType)
}

const uploaded = z.object({ MediaId: z.string().min(1).max(4_000) })

/** Uploads an image without sending it. The same rules as for a file. */
export async function uploadImage(
  client: WebClient,
  to: string,
  { bytes, contentType }: { bytes: Buffer; contentType: ImageType },
): Promise<UploadedImage> {
  const extension = extensions[contentType]
  const mediaType = extension === 'gif' ? 'doc' : 'pic'
  const mediaId = await upload(client, to, { bytes, contentType, name: `image.${extension}`, mediaType })
  return { mediaId, extension }
}

/**
 * Uploads a file without sending it; returns its MediaId. Concurrent uploads of one login collide, so the caller runs one at a time.
 * @throws WechatCallError, or an error of the shape if WeChat returns no MediaId
 */
export function uploadFile(
  client: WebClient,
  to: string,
  { bytes, contentType, fileName: name }: { bytes: Buffer; contentType: string; fileName: string },
): Promise<string> {
  return upload(client, to, { bytes, contentType, name, mediaType: 'doc' })
}

type Content = { contentType: string; name: string; mediaType: 'pic' | 'doc' }

/** Uploads in chunks of 512 KB. */
async function upload(
  client: WebClient,
  to: string,
  { bytes, ...content }: Content & { bytes: Buffer },
): Promise<string> {
  const describe = describeUpload(client, to, { ...content, sizeBytes: bytes.length })
  const chunks = Math.max(1, Math.ceil(bytes.length / chunkBytes))
  let response: unknown
  for (let chunk = 0; chunk < chunks; chunk++) {
    const form = describe(chunks > 1 ? { chunk, chunks } : null)
    const part = new Uint8Array(bytes.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes))
    form.append('filename', new Blob([part], { type: content.contentType }), content.name)
    response = await client.postForm('webwxuploadmedia', form, { f: 'json' })
  }
  return uploaded.parse(response).MediaId
}

/** Returns a function that makes the form of a chunk, without its bytes: WeChat expects the fields in this order, and the same ids in all chunks. */
function describeUpload(
  client: WebClient,
  to: string,
  { sizeBytes, contentType, name, mediaType }: Content & { sizeBytes: number },
) {
  const { dataTicket, passTicket } = client.credentials
  const request = JSON.stringify({
    BaseRequest: client.baseRequest(),
    ClientMediaId: makeClientId(),
    TotalLen: sizeBytes,
    StartPos: 0,
    DataLen: sizeBytes,
    MediaType: 4,
    UploadType: 2,
    FromUserName: client.self.username,
    ToUserName: to,
  })
  const lastModifiedDate = new Date().toUTCString()
  return (position: { chunk: number; chunks: number } | null): FormData => {
    const form = new FormData()
    form.append('name', name)
    form.append('type', contentType)
    form.append('lastModifiedDate', lastModifiedDate)
    form.append('size', String(sizeBytes))
    form.append('mediatype', mediaType)
    form.append('uploadmediarequest', request)
    form.append('webwx_data_ticket', dataTicket)
    form.append('pass_ticket', encodeURI(passTicket))
    if (position) {
      form.append('id', 'WU_FILE_0')
      form.append('chunk', String(position.chunk))
      form.append('chunks', String(position.chunks))
    }
    return form
  }
}
