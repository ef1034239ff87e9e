'use client'

import { useTranslations } from 'use-intl'
import { SelectionBar } from '@/components/table/selection-bar'
import { Button } from '@/components/ui/button'
import { ScopeConfirmation } from '@/components/room/scope-confirmation'
import { useBind } from '@/components/room/use-bind'

type Props = { robotId: string; roomIds: string[]; onDone: () => void }

/** Binds or unbinds the selected rooms, or makes them follow the agent ID again. */
export function BindingBar({ robotId, roomIds, onDone }: Props) {
  const t = useTranslations('room')
  const bind = useBind(robotId, onDone)
  const choices = [
    { key: 'bind', isBound: true },
    { key: 'unbind', isBound: false },
    { key: 'backToRule', isBound: null },
  ] as const
  return (
    <>
      <SelectionBar count={roomIds.length} onClear={onDone}>
        {choices.map(({ key, isBound }) => (
          <Button key={key} disabled={bind.isPending} onClick={() => bind.mutate({ roomIds, isBound })}>
            {t(key)}
          </Button>
        ))}
      </SelectionBar>
      <ScopeConfirmation question={bind.question} isBusy={bind.isPending} onConfirm={bind.confirm} />
    </>
  )
}
