const maxLength = 64 * 1024
const maxDepth = 4
const opening = /<([A-Za-z_][\w.]*)>/y
const cdata = /<!\[CDATA\[([\s\S]*?)\]\]>/y
/** Without references: neither entities nor character codes are expanded. */
const plain = /[^<&]+/y
const blank = /\s*/y

/**
 * Reads the direct children of `<xml>` in a callback of WeCom: elements without attributes, text, and CDATA. An element with children has
 * the text "". Declarations, comments and entities are refused. null: not such a document, or over 64 Ki characters.
 */
export function readXml(text: string): Map<string, string> | null {
  if (text.length > maxLength) return null
  const reader = { text: text.trim(), at: 0 }
  const children = new Map<string, string>()
  const root = readElement(reader, 0, (name, value) => children.set(name, value))
  return root?.name === 'xml' && reader.at === reader.text.length ? children : null
}

type Reader = { text: string; at: number }

function readElement(
  reader: Reader,
  depth: number,
  onChild: (name: string, value: string) => void = () => {},
): { name: string; value: string } | null {
  const name = take(reader, opening)?.[1]
  if (name === undefined || depth > maxDepth) return null
  let value = ''
  let hasChildren = false
  while (!reader.text.startsWith('</', reader.at)) {
    const part = take(reader, cdata)?.[1] ?? take(reader, plain)?.[0]
    if (part !== undefined) {
      value += part
      continue
    }
    const child = readElement(reader, depth + 1)
    if (!child) return null
    hasChildren = true
    onChild(child.name, child.value)
  }
  const closing = `</${name}>`
  if (!reader.text.startsWith(closing, reader.at)) return null
  reader.at += closing.length
  take(reader, blank)
  return { name, value: hasChildren ? '' : value.trim() }
}

/** Advances past what the pattern matches here; null: nothing. */
function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at
  const match = pattern.exec(reader.text)
  if (match) reader.at = pattern.lastIndex
  return match
}
