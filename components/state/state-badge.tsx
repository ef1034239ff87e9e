'use client'

import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { type StateKind, type StateOf, toneOf } from '@/components/state/states'
import { useStateText } from '@/components/state/use-state-text'

type Props<Kind extends StateKind> = { kind: Kind; state: StateOf<Kind>; children?: ReactNode }

/** Shows a state as text with its tone; `children` follow the text. */
export function StateBadge<Kind extends StateKind>({ kind, state, children }: Props<Kind>) {
  const stateText = useStateText()
  return (
    <Badge tone={toneOf(kind, state)}>
      {stateText(kind, state)}
      {children}
    </Badge>
  )
}
