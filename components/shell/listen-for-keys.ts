import { persistChoice, readPersistedChoice } from '@/components/ui/use-persisted-choice'
import { timeFormats } from '@/components/ui/relative-time'
import { destinations } from '@/components/shell/destinations'
import { openPanel } from '@/components/shell/panel'

/** Maximum time between g and the letter of a destination. */
const sequenceTimeoutMs = 1500

/** Whether single-key shortcuts are on. They can be switched off, for example for speech input (WCAG 2.1.4). */
export const keyChoices = ['on', 'off'] as const

const letters = new Map<string, string>(destinations.map(({ letter, href }) => [letter, href]))

/** Listens for keyboard shortcuts, except while typing or while a dialog is open. Returns a function that stops listening. */
export function listenForKeys(navigate: (href: string) => void): () => void {
  let leaderPressedAtMs = -Infinity

  function act(event: KeyboardEvent): boolean {
    const isSequence = event.timeStamp - leaderPressedAtMs < sequenceTimeoutMs
    leaderPressedAtMs = -Infinity
    const href = isSequence && letters.get(event.key)
    if (href) return (navigate(href), true)
    switch (event.key) {
      case 'g':
        leaderPressedAtMs = event.timeStamp
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
      case 'r':
      case 'a':
      case 'e':
      case 'n':
        return activateControl(event.key)
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
    } else if (isTyping(event) || readPersistedChoice('keys', keyChoices) === 'off' || !act(event)) return
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

/** Uses the control of the page that has this key: presses a button, focuses a field. */
function activateControl(key: string): boolean {
  const control = document.querySelector<HTMLElement>(`main [data-key="${key}"]:not(:disabled)`)
  if (control?.matches('button')) control.click()
  else control?.focus()
  return control !== null
}

function turnTimes(): void {
  persistChoice('times', readPersistedChoice('times', timeFormats) === 'exact' ? 'relative' : 'exact')
}

function isBusy(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
}

function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
}

const rowLinks = () => [...document.querySelectorAll<HTMLElement>('main [data-row-link]')]
const isOfActiveRow = (link: Element) => link.closest('tr, li')?.contains(document.activeElement) ?? false

/** Moves the focus to the link of the next or previous row; returns false if there is none. */
function moveRow(step: 1 | -1): boolean {
  const all = rowLinks()
  const next = all[Math.min(all.length - 1, Math.max(0, all.findIndex(isOfActiveRow) + step))]
  next?.focus()
  return next !== undefined
}

/** Toggles the selection of the focused row; returns false if rows cannot be selected. */
function toggleRow(): boolean {
  const box = rowLinks().find(isOfActiveRow)?.closest('tr')?.querySelector<HTMLElement>('input[type=checkbox]')
  box?.click()
  return Boolean(box)
}
