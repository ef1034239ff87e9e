const wide = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/gu

/** Places where a line may end: at a space, and before or after a Chinese character, but not before `，` or after `（`. */
const breaks =
  /(?<!\s)(?=\s)|(?<=[\p{Script=Han}，。、；：）」])(?![\s，。、；：）」])|(?<![\s（「])(?=[\p{Script=Han}（「])/u

/** Returns the columns that a text fills in a terminal; a Chinese character fills two. */
export function countColumns(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0)
}

/** Breaks a text without line breaks into lines of a maximum of `maxColumns`; a longer word stays whole. */
export function wrapChinese(text: string, maxColumns: number): string {
  const lines: string[] = []
  let line = ''
  for (const part of text.split(breaks)) {
    const isFull = line !== '' && countColumns(line + part) > maxColumns
    if (isFull) lines.push(line)
    line = isFull ? part.trimStart() : line + part
  }
  return [...lines, line].join('\n')
}
