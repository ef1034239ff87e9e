import { useTranslations } from 'use-intl'
import type { RequesterView } from '@/lib/dashboard/audit/requesters'
import { useAuditText } from '@/components/audit/use-audit-text'

const tokenPrefix = 'token:'

/** Returns the text that names the requester of a command or change. */
export function useRequesterText(): (requester: RequesterView) => string {
  const t = useTranslations('history')
  const { actorOf } = useAuditText()
  return (requester) => {
    if (requester.tokenName) return t('token', { name: requester.tokenName })
    if (!requester.actor.startsWith(tokenPrefix)) return actorOf(requester)
    return t('removedToken', { id: requester.actor.slice(tokenPrefix.length) })
  }
}
