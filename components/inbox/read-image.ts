const maxBytes = 10 * 1024 * 1024

export type ChosenImage = { dataBase64: string; previewUrl: string }

/** Reads an image that a person chose, pasted or dropped; a refusal is the key of its text. */
export async function readChosenImage(file: File): Promise<ChosenImage | { problem: 'tooLarge' | 'notImage' }> {
  if (!file.type.startsWith('image/')) return { problem: 'notImage' }
  if (file.size > maxBytes) return { problem: 'tooLarge' }
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')))
    reader.readAsDataURL(file)
  })
  return { dataBase64: url.slice(url.indexOf(',') + 1), previewUrl: url }
}
