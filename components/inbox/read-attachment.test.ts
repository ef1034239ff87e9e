import { expect, it, vi } from 'vitest'
import { readAttachments } from '@/components/inbox/read-attachment'

/** Reads as the browser's, which Node.js lacks; a file with the type `broken` cannot be read. */
class Reader extends EventTarget {
  result: string | null = null
  readAsDataURL(file: File): void {
    const isBroken = file.type === 'broken/file'
    this.result = isBroken ? null : `data:${file.type};base64,YQ==`
    queueMicrotask(() => this.dispatchEvent(new Event(isBroken ? 'error' : 'load')))
  }
}
vi.stubGlobal('FileReader', Reader)

const all = { canSendImages: true, canSendFiles: true, takenCount: 0 }
const file = (name: string, type = 'text/plain', content = 'a') => new File([content], name, { type })
const picture = file('a.png', 'image/png')

it.each([
  ['each file is taken', [picture, file('b.txt')], all, ['a.png image', 'b.txt file'], []],
  [
    'an empty file is refused, the others are taken',
    [file('e.txt', 'text/plain', ''), picture],
    all,
    ['a.png image'],
    ['e.txt empty'],
  ],
  ['what cannot be read is refused', [file('folder', 'broken/file')], all, [], ['folder unreadable']],
  [
    'a connection for images takes them alone',
    [picture, file('b.txt')],
    { ...all, canSendFiles: false },
    ['a.png image'],
    ['b.txt notImage'],
  ],
  [
    'a connection without uploads takes none',
    [picture],
    { ...all, canSendImages: false, canSendFiles: false },
    [],
    ['a.png noUploads'],
  ],
  ['a tenth is refused', [picture, file('b.txt')], { ...all, takenCount: 8 }, ['a.png image'], ['b.txt tooMany']],
])('%s', async (_, files, options, taken, refused) => {
  const read = await readAttachments(files, options)
  expect(read.taken.map(({ name, body }) => `${name} ${body.type}`)).toEqual(taken)
  expect(read.refused.map(({ name, problem }) => `${name} ${problem}`)).toEqual(refused)
})
