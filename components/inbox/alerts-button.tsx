'use client'

import Bell from 'lucide-react/icons/bell'
import BellOff from 'lucide-react/icons/bell-off'
import { useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { alertChoices, alertsChoice } from '@/components/inbox/alerts-choice'
import { Button } from '@/components/ui/button'
import { persistChoice, usePersistedChoice } from '@/components/ui/use-persisted-choice'

const never = () => () => {}

/** Turns notifications of waiting conversations on and off; asks the browser for its permission only when pressed. */
export function AlertsButton() {
  const t = useTranslations('inbox.alerts')
  const isSupported = useSyncExternalStore(
    never,
    () => 'Notification' in window,
    () => false,
  )
  const isOn = usePersistedChoice(alertsChoice, alertChoices) === 'on'
  const [isRefused, setRefused] = useState(false)
  if (!isSupported) return null
  const toggle = async () => {
    if (isOn) return persistChoice(alertsChoice, 'off')
    const permission = await Notification.requestPermission()
    setRefused(permission === 'denied')
    if (permission === 'granted') persistChoice(alertsChoice, 'on')
  }
  const Icon = isOn ? Bell : BellOff
  return (
    <>
      <Button
        variant="quiet"
        aria-pressed={isOn}
        aria-label={t('button')}
        title={t(isOn ? 'isOn' : 'isOff')}
        className="px-2.5"
        onClick={() => void toggle()}
      >
        <Icon size={15} aria-hidden className={isOn ? 'text-accent-ink' : 'text-muted'} />
      </Button>
      {isRefused && <output className="basis-full text-xs text-warn">{t('refused')}</output>}
    </>
  )
}
