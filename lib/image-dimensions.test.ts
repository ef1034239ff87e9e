import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDimensions } from '@/lib/image-dimensions'

/** The first bytes of images of 300 × 20 pixels, written by libvips. */
const files: [string, string][] = [
  [
    'PNG',
    'iVBORw0KGgoAAAANSUhEUgAAASwAAAAUCAMAAAAA/fAzAAAAA1BMVEX///+nxBvIAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAHUlEQVRYhe3BMQEAAADCoPVPbQo/oAAAAAAAgA4GF4QAAfYQsqsAAAAASUVORK5CYII=',
  ],
  [
    'JPEG',
    '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wAARCAAUASwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAA=',
  ],
  [
    'progressive JPEG with EXIF',
    '/9j/4QDIRXhpZgAASUkqAAgAAAAHABIBAwABAAAAAQAAABoBBQABAAAAYgAAABsBBQABAAAAagAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAJiCAgACAAAAeAAAAGmHBAABAAAAcgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAACwBAAADoAQAAQAAABQAAAAAAAAA/9sAQwD//////////////////////////////////////////////////////////////////////////////////////9sAQwH//////////////////////////////////////////////////////////////////////////////////////8IAEQgAFAEsAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAC/8QAFAEBAAAAAAAAAAAAAA==',
  ],
  [
    'GIF',
    'R0lGODlhLAEUAIAAAExpcf///yH5BAUAAAAALAAAAAAsARQAAAJVjI+py+0Po5y02ouz3rz7D4biSJbmiabqyrbuC8fyTNf2jef6zvf+DwwKh8Si8YhMKpfMpvMJjUqn1Kr1is1qt9yu9wsOi8fksvmMTqvX7Lb7DY8nCgA7',
  ],
  [
    'WebP, lossy',
    'UklGRkQAAABXRUJQVlA4IDgAAACwBACdASosARQAP83m8HM/uDMsoOgD8DmJaQAAB3ZVfL3GnvJvp06dOnTp06b4AP7pEAAAAAAAAA==',
  ],
  ['WebP, lossless', 'UklGRiQAAABXRUJQVlA4TBcAAAAvK8EEAAfQ//73v/8BICH8ny9F9D+1BwA='],
  [
    'WebP with alpha',
    'UklGRnAAAABXRUJQVlA4WAoAAAAQAAAAKwEAEwAAQUxQSBAAAAABB1DAiAgACeH/fCmi/6k9VlA4IDoAAACwBACdASosARQAP83m8HM/uDMsoOgD8DmJaQAAB3ZVfL3GnvJvp06dOnTp06b4AP7pYygBowAAAAAA',
  ],
]

describe.each(files)('%s', (_name, base64) => {
  const bytes = Buffer.from(base64, 'base64')

  it('an image has its width and height', () => {
    expect(readDimensions(bytes)).toEqual({ width: 300, height: 20 })
  })

  it('an image truncated anywhere has the same dimensions or none', () => {
    for (let length = 0; length < bytes.length; length++)
      expect([null, { width: 300, height: 20 }]).toContainEqual(readDimensions(bytes.subarray(0, length)))
  })
})

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('no picture')],
  ['a JPEG without a frame', Buffer.from('ffd8ffe00002ffd9', 'hex')],
  ['a JPEG whose segment has no length', Buffer.from('ffd8ffe00000ffe00000', 'hex')],
  ['a JPEG of marks alone', Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.alloc(1024 * 1024, 0xff)])],
  ['a PNG without width', Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(8)])],
  ['an SVG', Buffer.from('<svg width="9" height="9"/>')],
])('%s has no dimensions', (_name, bytes) => {
  expect(readDimensions(bytes)).toBeNull()
})

it('any bytes, also after a valid prefix, have dimensions or none', () => {
  const beginnings = files.map(([, base64]) => Buffer.from(base64, 'base64').subarray(0, 16))
  fc.assert(
    fc.property(
      fc.constantFrom(Buffer.alloc(0), Buffer.from('ffd8', 'hex'), ...beginnings),
      fc.uint8Array({ maxLength: 200 }),
      (begin, rest) => {
        const dimensions = readDimensions(Buffer.concat([begin, rest]))
        return dimensions === null || (dimensions.width > 0 && dimensions.height > 0)
      },
    ),
  )
})
