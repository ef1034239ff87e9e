import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { ActorView } from '@/app/api/dashboard/views/audit'

type ActionKey = Parameters<ReturnType<typeof useTranslations<'audit.action'>>>[0]
type FieldKey = Parameters<ReturnType<typeof useTranslations<'audit.field'>>>[0]

/** The dots of an action's name would be steps into the texts. */
export const actionKey = (action: string) => action.replaceAll(/[.-]/g, '_')

/** Says in words who did something, what, and to which field. */
export function useAuditText() {
  const t = useTranslations('audit')
  const action = useTranslations('audit.action')
  const field = useTranslations('audit.field')
  return useMemo(
    () => ({
      actionOf(name: string) {
        const key = actionKey(name) as ActionKey
        return action.has(key) ? action(key) : name
      },
      fieldOf: (name: string) => (field.has(name as FieldKey) ? field(name as FieldKey) : name),
      actorOf({ actor, email }: ActorView) {
        if (actor === 'cli') return t('cli')
        if (actor.startsWith('token:')) return t('byToken', { name: email ?? actor.slice('token:'.length) })
        return email ?? t('removedOperator', { id: actor.slice('operator:'.length) })
      },
    }),
    [t, action, field],
  )
}
