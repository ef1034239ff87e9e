import type { QuickReplyView } from '@/lib/dashboard/reply/quick-replies'
import { fillVariables } from '@/lib/fill-variables'

/** A `/` that starts a search for a quick reply: its position, and what follows it up to the caret. */
export type SlashQuery = { start: number; search: string }

/** Returns the `/` at the beginning of a word that the caret is in; null: none. */
export function findSlashQuery(text: string, caret: number): SlashQuery | null {
  const [, search] = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret)) ?? []
  return search === undefined ? null : { start: caret - search.length - 1, search }
}

/** Returns the quick replies that contain the search: first those whose shortcut begins with it, then by shortcut, then by text. */
export function matchQuickReplies(all: readonly QuickReplyView[], search: string): QuickReplyView[] {
  const normal = (text: string) => text.normalize('NFKC').toLowerCase()
  const wanted = normal(search)
  const ranked = all.map((reply) => {
    const shortcut = normal(reply.shortcut)
    const rank = shortcut.startsWith(wanted)
      ? 0
      : shortcut.includes(wanted)
        ? 1
        : normal(reply.text).includes(wanted)
          ? 2
          : 3
    return { reply, rank }
  })
  return ranked
    .filter(({ rank }) => rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .map(({ reply }) => reply)
}

/**
 * Puts a quick reply in the place of the `/` and its search. The selection covers its first variable without a value, so that the operator
 * types over it; otherwise it is the end of what was inserted.
 */
export function insertQuickReply(
  text: string,
  { start, search }: SlashQuery,
  { content, values }: { content: string; values: Readonly<Record<string, string>> },
): { text: string; selection: [number, number] } {
  const filled = fillVariables(content, values)
  const open = /\{\{?\s*(?:name|group|robot)\s*\}\}?/.exec(filled)
  const at = start + (open?.index ?? filled.length)
  return {
    text: text.slice(0, start) + filled + text.slice(start + 1 + search.length),
    selection: [at, at + (open?.[0].length ?? 0)],
  }
}
