'use client'

import { useTranslations } from 'use-intl'
import { SelectFilter } from '@/components/table/select-filter'
import type { ListState } from '@/components/table/use-list-state'
import { type StateKind, type StateOf, statesOf } from '@/components/state/states'
import { useStateText } from '@/components/state/use-state-text'

type Props<Kind extends StateKind> = {
  list: ListState
  kind: Kind
  /** States that no row of the list can have. */
  without?: readonly StateOf<Kind>[]
}

/** Filters a list by state, with the texts of the badges. */
export function StateFilter<Kind extends StateKind>({ list, kind, without }: Props<Kind>) {
  const t = useTranslations('stateFilter')
  const stateText = useStateText()
  return (
    <SelectFilter
      list={list}
      name="state"
      label={t('label')}
      all={t('all')}
      choices={statesOf(kind, without).map((value) => ({ value, text: stateText(kind, value) }))}
    />
  )
}
