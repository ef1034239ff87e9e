'use client'

import { useQueryClient } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { toast } from 'sonner'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/app/api/dashboard/views/rooms'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { roomsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Menu, MenuItem, MenuLink } from '@/components/ui/menu'
import { copyText } from '@/components/ui/copy-text'

export function RoomMenu({ robotId, room }: { robotId: string; room: RoomView }) {
  const t = useTranslations('room')
  const common = useTranslations('common')
  const canChange = useCanChange()
  const client = useQueryClient()
  const { queryKey } = roomsQuery(robotId)
  const bind = useAct({
    call: (isBound: boolean | null) => callDashboard(`/robots/${robotId}/rooms/${room.id}/binding`, 'PUT', { isBound }),
    refresh: [queryKey],
    onDone: (_answer, isBound) => {
      // Shown at once; what the rule says only the server knows.
      if (isBound !== null)
        client.setQueryData(queryKey, (rooms) =>
          rooms?.map((other) =>
            other.id === room.id ? { ...other, isBound, bindingSource: 'operator' as const } : other,
          ),
        )
      toast.success(isBound === null ? t('backToRuleDone') : isBound ? t('bindDone') : t('unbindDone'))
    },
  })
  const copyId = async () => {
    if (await copyText(room.id)) toast.success(common('copied'))
  }
  return (
    <Menu label={t('menuOf', { name: room.name })} trigger={<Ellipsis size={18} aria-hidden />}>
      <MenuLink>
        <Link href={`/dashboard/robots/${robotId}/messages?room=${room.id}`}>{t('messages')}</Link>
      </MenuLink>
      <MenuItem onSelect={copyId}>{t('copyId')}</MenuItem>
      {canChange && !room.isBound && <MenuItem onSelect={() => bind.mutate(true)}>{t('bind')}</MenuItem>}
      {canChange && room.isBound && <MenuItem onSelect={() => bind.mutate(false)}>{t('unbind')}</MenuItem>}
      {canChange && room.bindingSource === 'operator' && (
        <MenuItem onSelect={() => bind.mutate(null)}>{t('backToRule')}</MenuItem>
      )}
    </Menu>
  )
}
