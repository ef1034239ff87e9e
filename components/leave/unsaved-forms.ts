import { useSyncExternalStore } from 'react'
import { holdGuard, setLeaveQuestion } from '@/components/leave/history-guard'

/** `sheetId`: null: the form is on the page itself. */
export type UnsavedForm = { sheetId: string | null; isBusy: boolean }

const forms = new Set<UnsavedForm>()
const listeners = new Set<() => void>()
/** Runs when the operator discards the changes; null: no question is open. */
let pendingAction: (() => void) | null = null

function setPendingAction(proceed: (() => void) | null): void {
  pendingAction = proceed
  for (const listener of listeners) listener()
}

/** Registers a form with unsaved changes. Returns a function that removes it. */
export function addUnsavedForm(form: UnsavedForm): () => void {
  forms.add(form)
  update()
  return () => {
    forms.delete(form)
    update()
  }
}

/** Returns whether any form has unsaved changes. */
export function hasUnsavedForms(): boolean {
  return forms.size > 0
}

/** Continues immediately, or after the operator agrees to discard unsaved changes. */
export function leavePage(proceed: () => void): void {
  if (forms.size === 0) return proceed()
  setPendingAction(() => {
    forms.clear()
    update()
    proceed()
  })
}

/** Closes a sheet immediately, or after the operator agrees to discard; not while its form is submitting. */
export function leaveSheet(sheetId: string, close: () => void): void {
  const own = [...forms].filter((form) => form.sheetId === sheetId)
  if (own.some(({ isBusy }) => isBusy)) return
  if (own.length === 0) return close()
  setPendingAction(() => {
    for (const form of own) forms.delete(form)
    update()
    close()
  })
}

/** Resolves the open question: discard, or keep editing. */
export function resolveLeaveQuestion(isLeaving: boolean): void {
  const proceed = pendingAction
  setPendingAction(null)
  if (isLeaving) proceed?.()
}

export function useIsLeaveQuestionOpen(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => pendingAction !== null,
    () => false,
  )
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault()
  holdGuard()
}

function update(): void {
  setLeaveQuestion(forms.size > 0 ? leavePage : null)
  // Only while needed: a page with this listener is excluded from the back/forward cache.
  if (forms.size > 0) window.addEventListener('beforeunload', warn)
  else window.removeEventListener('beforeunload', warn)
}
