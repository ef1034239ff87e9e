import { useTranslations } from 'use-intl'
import type { AskerView } from '@/app/api/dashboard/views/askers'
import { useAuditText } from '@/components/audit/use-audit-text'

const tokenPrefix = 'token:'

/** Says in words who asked for something. */
export function useAskerText(): (asker: AskerView) => string {
  const t = useTranslations('history')
  const { actorOf } = useAuditText()
  return (asker) => {
    if (asker.tokenName) return t('token', { name: asker.tokenName })
    if (!asker.actor.startsWith(tokenPrefix)) return actorOf(asker)
    return t('removedToken', { id: asker.actor.slice(tokenPrefix.length) })
  }
}
