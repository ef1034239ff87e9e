import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

const side = 96
const cell = 16
const margin = 8

/** Draws the avatar of a person or room as PNG: a mirrored pattern that depends only on the id. */
export function drawAvatar(rawId: string): Buffer {
  const hash = createHash('sha256').update(rawId).digest()
  const ink = colourOf(hash.readUInt16BE(0) % 360, 0.45, 0.45)
  const paper = colourOf(hash.readUInt16BE(0) % 360, 0.35, 0.92)
  const rows = Buffer.alloc(side * (1 + side * 3))
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const column = Math.floor((x - margin) / cell)
      const row = Math.floor((y - margin) / cell)
      const isInside = column >= 0 && column < 5 && row >= 0 && row < 5
      const bit = row * 3 + (column > 2 ? 4 - column : column)
      const isInk = isInside && ((hash[2 + (bit >> 3)] ?? 0) >> (bit & 7)) & 1
      rows.set(isInk ? ink : paper, y * (1 + side * 3) + 1 + x * 3)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function colourOf(hue: number, saturation: number, lightness: number): [number, number, number] {
  const part = (offset: number) => {
    const k = (offset + hue / 30) % 12
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(value * 255)
  }
  return [part(0), part(8), part(4)]
}
