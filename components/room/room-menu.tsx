'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { toast } from 'sonner'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/lib/dashboard/room/list'
import { useCanChange } from '@/components/shell/role-context'
import { Menu, MenuItem, MenuLink } from '@/components/ui/menu'
import { copyText } from '@/components/ui/copy-text'
import { ScopeConfirmation } from '@/components/room/scope-confirmation'
import { useBind } from '@/components/room/use-bind'

export function RoomMenu({ robotId, room }: { robotId: string; room: RoomView }) {
  const t = useTranslations('room')
  const common = useTranslations('common')
  const canChange = useCanChange() && !room.goneAt
  const bind = useBind(robotId)
  const set = (isBound: boolean | null) => () => bind.mutate({ roomIds: [room.id], isBound })
  const copyId = async () => {
    if (await copyText(room.id)) toast.success(common('copied'))
  }
  return (
    <>
      <Menu label={t('menuOf', { name: room.name || t('unnamed') })} trigger={<Ellipsis size={18} aria-hidden />}>
        <MenuLink>
          <Link href={`/dashboard/robots/${robotId}/messages?room=${room.id}`}>{t('messages')}</Link>
        </MenuLink>
        <MenuItem onSelect={copyId}>{t('copyId')}</MenuItem>
        {canChange && !room.isBound && <MenuItem onSelect={set(true)}>{t('bind')}</MenuItem>}
        {canChange && room.isBound && <MenuItem onSelect={set(false)}>{t('unbind')}</MenuItem>}
        {canChange && room.bindingSource === 'operator' && <MenuItem onSelect={set(null)}>{t('backToRule')}</MenuItem>}
      </Menu>
      <ScopeConfirmation question={bind.question} isBusy={bind.isPending} onConfirm={bind.confirm} />
    </>
  )
}
