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
  /** The title after the creation. */
  madeTitle: (made: Made) => string
  /** Renders the form that creates the secret. */
  renderForm: (onMade: (made: Made) => void) => ReactNode
  renderMade: (made: Made) => ReactNode
  onSaved?: (made: Made) => void
}

/** A sheet that creates a secret and shows it once; it closes only by "I have saved it". */
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
          <Button variant="primary" onClick={close}>
            {t('saved')}
          </Button>
        </div>
      )}
    </Sheet>
  )
}
