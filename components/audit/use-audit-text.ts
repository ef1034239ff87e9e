import { useTranslations } from 'use-intl'
import type { ActorView } from '@/app/api/dashboard/views/audit'

type ActionKey = Parameters<ReturnType<typeof useTranslations<'audit.action'>>>[0]

/** Says in words who did something, and what. */
export function useAuditText() {
  const t = useTranslations('audit')
  const action = useTranslations('audit.action')
  return {
    /** The dots of an action's name would be steps into the texts. */
    actionOf(name: string) {
      const key = name.replaceAll(/[.-]/g, '_') as ActionKey
      return action.has(key) ? action(key) : name
    },
    actorOf({ actor, email }: ActorView) {
      if (email) return email
      if (actor === 'cli') return t('cli')
      return actor.startsWith('operator:') ? t('removedOperator', { id: actor.slice('operator:'.length) }) : actor
    },
  }
}
