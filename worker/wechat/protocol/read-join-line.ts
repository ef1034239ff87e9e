/** System messages of a room about people who joined; the group is their names. The robot itself (`你`) has no quotes. */
const shapes = [
  /^(?:你|["“][^"“”]+["”])邀请["“]([^"“”]+)["”]加入了群聊$/,
  /^["“]([^"“”]+)["”]通过扫描.{1,100}分享的二维码加入群聊$/,
  /^(?:You|["“][^"“”]+["”]) invited ["“]([^"“”]+)["”] to the group chat$/,
  /^["“]([^"“”]+)["”] joined (?:the )?group chat via (?:the )?QR code shared by .{1,100}$/,
]
const maxLength = 1000

/**
 * Reads a system message about people who joined a room: their names as WeChat lists them. null: it is about something else. Names are
 * chosen by their members, so the result is only for display.
 */
export function readJoinLine(text: string): string | null {
  const line = text
    .slice(0, maxLength)
    .trim()
    .replace(/[。.]$/, '')
  for (const shape of shapes) {
    const names = shape.exec(line)?.[1]?.trim()
    if (names) return names
  }
  return null
}
