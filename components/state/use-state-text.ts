import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { StateKind, StateOf } from '@/components/state/states'

/** Returns the name of a state in the viewer's language. */
export function useStateText() {
  const t = useTranslations()
  return useCallback(
    <Kind extends StateKind>(kind: Kind, state: StateOf<Kind>): string =>
      // A test ensures that states and messages have the same keys; no type covers them all.
      t(`state.${kind}.${state}` as 'state.robot.online'),
    [t],
  )
}
