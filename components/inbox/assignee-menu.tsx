'use client'

import { useQuery } from '@tanstack/react-query'
import UserPlus from 'lucide-react/icons/user-plus'
import { useTranslations } from 'use-intl'
import { operatorsQuery } from '@/components/operator/operators-query'
import { Menu, MenuChoice, MenuItem } from '@/components/ui/menu'

type Props = { assigneeId: string | null; onAssign: (assigneeId: string) => void }

/** Assigns a conversation to any operator; the current one is marked. */
export function AssigneeMenu({ assigneeId, onAssign }: Props) {
  const t = useTranslations('inbox')
  return (
    <Menu label={t('assignTo')} trigger={<UserPlus size={18} aria-hidden />}>
      <Assignees assigneeId={assigneeId} onAssign={onAssign} />
    </Menu>
  )
}

/** Rendered, and so loaded, only while the menu is open. */
function Assignees({ assigneeId, onAssign }: Props) {
  const t = useTranslations('inbox.assignees')
  const { data: operators, error } = useQuery(operatorsQuery())
  if (!operators) return <MenuItem isDisabled>{t(error ? 'failed' : 'loading')}</MenuItem>
  const choices = operators.map(({ id, email, role }) => ({
    value: id,
    text: role === 'viewer' ? t('viewer', { name: email }) : email,
  }))
  return <MenuChoice value={assigneeId ?? ''} onChange={onAssign} choices={choices} />
}
