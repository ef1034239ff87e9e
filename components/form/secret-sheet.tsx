'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'

type Props<Made> = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  hint: string
  /** The title once it is made. */
  madeTitle: (made: Made) => string
  /** The form that asks; it hands over what was made. */
  renderForm: (onMade: (made: Made) => void) => ReactNode
  /** The secret, and what else there is to know of it. */
  renderMade: (made: Made) => ReactNode
  onSaved?: (made: Made) => void
}

/** A sheet that makes a secret: it asks first, then shows it this once and closes only by "I have saved it". */
export function SecretSheet<Made>(props: Props<Made>) {
  const { isOpen, onOpenChange, title, hint, madeTitle, renderForm, renderMade, onSaved } = props
  const t = useTranslations('secret')
  const [made, setMade] = useState<Made | null>(null)
  const close = () => {
    if (made !== null) onSaved?.(made)
    setMade(null)
    onOpenChange(false)
  }
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={made === null ? title : madeTitle(made)}
      description={made === null ? hint : t('shownOnce')}
      isPinned={made !== null}
    >
      {made === null ? (
        renderForm(setMade)
      ) : (
        <div className="flex flex-col gap-4">
          {renderMade(made)}
          <Button look="primary" onClick={close}>
            {t('saved')}
          </Button>
        </div>
      )}
    </Sheet>
  )
}
