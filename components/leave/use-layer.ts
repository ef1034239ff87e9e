'use client'

import { createContext, useContext, useEffect, useEffectEvent } from 'react'
import { addLayer } from '@/components/leave/history-guard'
import { addUnsavedForm } from '@/components/leave/unsaved-forms'

/** The id of the sheet that contains a form; null: the form is on the page. */
export const SheetContext = createContext<string | null>(null)

/** Makes Back call `close` while a layer is open over the page. */
export function useLayer(isOpen: boolean, close: () => void): void {
  const onBack = useEffectEvent(close)
  useEffect(() => (isOpen ? addLayer({ close: () => onBack() }) : undefined), [isOpen])
}

/** Asks the operator before unsaved or submitting changes of a form are discarded. */
export function useUnsavedForm(isDirty: boolean, isBusy: boolean): void {
  const sheetId = useContext(SheetContext)
  useEffect(() => (isDirty || isBusy ? addUnsavedForm({ sheetId, isBusy }) : undefined), [isDirty, isBusy, sheetId])
}
