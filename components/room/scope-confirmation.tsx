'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DashboardError } from '@/components/queries/call-dashboard'
import { useErrorText } from '@/components/queries/use-error-text'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

const reasons = ['only_bound_rooms', 'all_rooms_again']

type Pending<Input> = { error: Error; input: Input }

/** Asks about the effect of a change on the notifications of other rooms, which the server refuses without confirmation; `ask` opens it. */
export function useScopeConfirmation<Input>() {
  const [pending, setPending] = useState<Pending<Input> | null>(null)
  return {
    pending,
    close: () => setPending(null),
    /** Returns whether the error is this question. */
    ask(error: unknown, input: Input): boolean {
      if (!(error instanceof DashboardError) || !reasons.includes(error.details.reason ?? '')) return false
      setPending({ error, input })
      return true
    },
  }
}

type Props<Input> = {
  question: ReturnType<typeof useScopeConfirmation<Input>>
  isBusy: boolean
  onConfirm: (input: Input) => void
}

/** Asks with the number of rooms before and after. */
export function ScopeConfirmation<Input>({ question: { pending, close }, isBusy, onConfirm }: Props<Input>) {
  const t = useTranslations('room')
  const describe = useErrorText()
  return (
    <ConfirmDialog
      isOpen={pending !== null}
      onOpenChange={(isOpen) => isOpen || close()}
      title={t('scopeAsk')}
      action={t('scopeConfirm')}
      isBusy={isBusy}
      onConfirm={() => pending && onConfirm(pending.input)}
    >
      {pending && describe(pending.error)}
    </ConfirmDialog>
  )
}
