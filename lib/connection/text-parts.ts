import type { RobotConnection } from '@/lib/db/types'

/** Maximum bytes of a text (UTF-8) that the service takes as one message; null: any accepted text is one message. */
const maxTextBytesOf: Record<RobotConnection, number | null> = {
  web: null,
  ilink: null,
  wecom_kf: 2048,
  wecom_group: null,
  gateway: null,
}

/** Splits a text into the messages that the connection needs for it, between characters. Spec: E6 (WeCom customer service). */
export function splitText(connection: RobotConnection, text: string): string[] {
  const maxBytes = maxTextBytesOf[connection]
  if (maxBytes === null || Buffer.byteLength(text) <= maxBytes) return [text]
  const parts: string[] = []
  let part = ''
  let sizeBytes = 0
  for (const character of text) {
    const characterBytes = Buffer.byteLength(character)
    if (sizeBytes + characterBytes > maxBytes) {
      parts.push(part)
      part = ''
      sizeBytes = 0
    }
    part += character
    sizeBytes += characterBytes
  }
  return [...parts, part]
}

/** Returns how many messages of the connection a send takes: each counts in the reply window. */
export function countParts(connection: RobotConnection, { type, content }: { type: string; content: string }): number {
  return type === 'text' ? splitText(connection, content).length : 1
}
