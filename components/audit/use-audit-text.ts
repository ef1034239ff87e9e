import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { ActorView } from '@/lib/dashboard/audit/list'

type ActionKey = Parameters<ReturnType<typeof useTranslations<'audit.action'>>>[0]
type FieldKey = Parameters<ReturnType<typeof useTranslations<'audit.field'>>>[0]

/** Replaces the dots of an action's name, which would nest message keys. */
export const actionKey = (action: string) => action.replaceAll(/[.-]/g, '_')

/** Current names of fields that earlier entries call differently. */
const formerFields: Record<string, FieldKey> = { hasNewCode: 'contactCode' }

/** Returns the texts for actor, action and field of an audit entry. */
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
      fieldOf(name: string) {
        const key = formerFields[name] ?? (name as FieldKey)
        return field.has(key) ? field(key) : name
      },
      actorOf({ actor, email }: ActorView) {
        if (actor === 'cli') return t('cli')
        if (actor === 'anonymous') return t('anonymous')
        if (actor.startsWith('token:')) return t('byToken', { name: email ?? actor.slice('token:'.length) })
        return email ?? t('removedOperator', { id: actor.slice('operator:'.length) })
      },
    }),
    [t, action, field],
  )
}
