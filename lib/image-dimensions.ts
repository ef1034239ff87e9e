export type Dimensions = { width: number; height: number }

/**
 * Reads the width and height from the header of a PNG, JPEG, GIF or WebP without decoding it; null: another format, or a
 * truncated header. Reads each byte at most once.
 */
export function readDimensions(bytes: Buffer): Dimensions | null {
  for (const read of [readPng, readGif, readWebp, readJpeg]) {
    try {
      const dimensions = read(bytes)
      if (dimensions) return dimensions.width > 0 && dimensions.height > 0 ? dimensions : null
    } catch (error) {
      // Truncated header: Node throws RangeError for a read past the end of the buffer.
      if (error instanceof RangeError) return null
      throw error
    }
  }
  return null
}

const isAt = (bytes: Buffer, text: string, offset: number) =>
  bytes.toString('latin1', offset, offset + text.length) === text

function readPng(bytes: Buffer): Dimensions | null {
  if (!isAt(bytes, '\x89PNG\r\n\x1a\n', 0) || !isAt(bytes, 'IHDR', 12)) return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function readGif(bytes: Buffer): Dimensions | null {
  if (!isAt(bytes, 'GIF87a', 0) && !isAt(bytes, 'GIF89a', 0)) return null
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

function readWebp(bytes: Buffer): Dimensions | null {
  if (!isAt(bytes, 'RIFF', 0) || !isAt(bytes, 'WEBP', 8)) return null
  if (isAt(bytes, 'VP8X', 12)) return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (isAt(bytes, 'VP8L', 12)) {
    const bits = bytes.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (!isAt(bytes, 'VP8 ', 12)) return null
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
}

/** Skips segments up to the frame header: SOF0 to SOF15 except DHT, JPG and DAC, which share that range. */
function readJpeg(bytes: Buffer): Dimensions | null {
  if (!isAt(bytes, '\xff\xd8', 0)) return null
  let offset = 2
  for (;;) {
    if (bytes.readUInt8(offset) !== 0xff) return null
    const marker = bytes.readUInt8(offset + 1)
    if (marker === 0xff) offset += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) offset += 2
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: bytes.readUInt16BE(offset + 7), height: bytes.readUInt16BE(offset + 5) }
    else if (marker >= 0xd8 && marker <= 0xda) return null
    else {
      const length = bytes.readUInt16BE(offset + 2)
      if (length < 2) return null
      offset += 2 + length
    }
  }
}
