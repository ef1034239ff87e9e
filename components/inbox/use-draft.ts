import { useRef, useState } from 'react'

/** Unsent texts by conversation, kept while the page is open. */
const drafts = new Map<string, string>()

/** The unsent text of a conversation, its field, and the caret in it. */
export function useDraft(conversationId: string) {
  const [text, setStoredText] = useState(drafts.get(conversationId) ?? '')
  const [caret, setCaret] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)

  function setText(next: string): void {
    drafts.set(conversationId, next)
    setStoredText(next)
  }

  /** Replaces the text and selects a part of it. */
  function write(next: string, [start, end]: [number, number]): void {
    setText(next)
    setCaret(end)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(start, end)
    })
  }

  /** Inserts an emoji in place of the selection. */
  function insert(emoji: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {}
    setText(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd))
  }

  /** Writes the `/` that opens the quick replies. */
  function openQuickReplies(): void {
    const at = field.current?.selectionEnd ?? text.length
    const slash = /\S$/.test(text.slice(0, at)) ? ' /' : '/'
    write(text.slice(0, at) + slash + text.slice(at), [at + slash.length, at + slash.length])
  }

  /** Puts back a text that was not sent, unless another was written since then. */
  function restore(written: string): void {
    if (!drafts.get(conversationId)) setText(written)
  }

  return { text, setText, caret, setCaret, field, write, insert, openQuickReplies, restore }
}

export type Draft = ReturnType<typeof useDraft>
