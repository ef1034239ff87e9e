import { moveRow, toggleRow } from '@/components/table/move-row'
import { keep, readKept } from '@/components/ui/use-kept'
import { timeLooks } from '@/components/ui/relative-time'
import { destinations } from './destinations'
import { openPanel } from './panel'

/** How long after a g the letter of a destination may come. */
const leadMs = 1500

/** Single keys can be switched off, for who speaks or shakes into a keyboard (WCAG 2.1.4). */
export const keyChoices = ['on', 'off'] as const

const letters = new Map<string, string>(destinations.map(({ letter, href }) => [letter, href]))

/** Listens for the dashboard's keys until the returned function is called; none of them acts while somebody types or a dialog is open. */
export function listenForKeys(go: (href: string) => void): () => void {
  let ledAtMs = -Infinity

  function act(event: KeyboardEvent): boolean {
    const isLed = event.timeStamp - ledAtMs < leadMs
    ledAtMs = -Infinity
    const href = isLed && letters.get(event.key)
    if (href) return (go(href), true)
    switch (event.key) {
      case 'g':
        ledAtMs = event.timeStamp
        return true
      case '/':
        return focusSearch()
      case '?':
        return (openPanel('shortcuts'), true)
      case 't':
        return (turnTimes(), true)
      case 'j':
        return moveRow(1)
      case 'k':
        return moveRow(-1)
      case 'x':
        return toggleRow()
    }
    return false
  }

  function listen(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || isBusy()) return
    const { key } = event
    const isCommand = key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey
    if (isCommand) openPanel('commands')
    else if (event.metaKey || event.ctrlKey || event.altKey) return
    else if (key === 'ArrowDown' || key === 'ArrowUp') {
      const active = document.activeElement
      const isInList = active?.matches('[data-row-link]') || (key === 'ArrowDown' && active?.matches(searchField))
      if (!isInList || !moveRow(key === 'ArrowDown' ? 1 : -1)) return
    } else if (isTyping(event) || readKept('keys', keyChoices) === 'off' || !act(event)) return
    event.preventDefault()
  }

  document.addEventListener('keydown', listen)
  return () => document.removeEventListener('keydown', listen)
}

const searchField = 'main input[type=search]'

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>(searchField)
  field?.focus()
  field?.select()
  return field !== null
}

function turnTimes(): void {
  keep('times', readKept('times', timeLooks) === 'exact' ? 'relative' : 'exact')
}

function isBusy(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
}

function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
}
