import { AppError } from '@/lib/errors'
import type { UploadParameters } from '@/lib/http/contract/message-contracts'
import { readFileUpload, readImageUpload } from '@/lib/media/read-upload'
import type { MessageInput } from '@/lib/message/accept-message'

type Content = Pick<MessageInput, 'type' | 'content' | 'upload'>

/**
 * Returns what a message sends: a text, the link of an image, or an uploaded image or file.
 * @throws INVALID_PARAMETER if the parameters do not fit together, IMAGE_UNUSABLE for an upload that WeChat does not show as an image
 */
export async function readContent(
  parameters: Omit<UploadParameters, 'to_user'>,
  link: { publicUrl: string },
): Promise<Content> {
  const { msg_type: type, content, data_base64: dataBase64, file_name: fileName } = parameters
  const hasText = content.trim() !== ''
  if (dataBase64 === '') {
    if (type === 'file') throw refusal('upload_missing', 'data_base64')
    if (!hasText) throw refusal('content_missing', 'content')
    return { type, content }
  }
  if (type === 'text') {
    const parameter = 'data_base64'
    throw new AppError('INVALID_PARAMETER', { reason: 'upload_of_text', parameter, params: { name: parameter } })
  }
  if (hasText) throw refusal('upload_and_link', 'content')
  const bytes = Buffer.from(dataBase64, 'base64')
  return type === 'image' ? readImageUpload(bytes, link) : readFileUpload({ bytes, fileName }, link)
}

type Refusal = 'upload_missing' | 'content_missing' | 'upload_and_link'

function refusal(reason: Refusal, parameter: string): AppError {
  return new AppError('INVALID_PARAMETER', { reason, parameter })
}
