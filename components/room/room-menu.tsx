'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useState } from 'react'
import { toast } from 'sonner'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/lib/dashboard/room/list'
import { useCanChange } from '@/components/shell/role-context'
import { Menu, MenuItem, MenuLink } from '@/components/ui/menu'
import { loadPart } from '@/components/ui/load-part'
import { copyText } from '@/components/ui/copy-text'
import { ScopeConfirmation } from '@/components/room/scope-confirmation'
import { useRoomCode } from '@/components/room/use-room-code'
import { useReadMembers } from '@/components/room/use-read-members'
import { useBind } from '@/components/room/use-bind'

/** Loaded when it is opened: most connections have no such code. */
const RoomCodeSheet = dynamic(() =>
  loadPart(() => import('@/components/room/room-code-sheet').then((file) => file.RoomCodeSheet)),
)

const RoomMembersSheet = dynamic(() =>
  loadPart(() => import('@/components/room/room-members-sheet').then((file) => file.RoomMembersSheet)),
)

type Props = {
  robotId: string
  room: RoomView
  /** Whether people can join the room by a QR code. */
  hasCode: boolean
}

export function RoomMenu({ robotId, room, hasCode }: Props) {
  const t = useTranslations('room')
  const common = useTranslations('common')
  const canChange = useCanChange() && !room.goneAt
  const [isCodeOpen, setIsCodeOpen] = useState(false)
  const code = useRoomCode({ robotId, roomId: room.id })
  const openCode = () => {
    code.mutate()
    setIsCodeOpen(true)
  }
  const [areMembersOpen, setMembersOpen] = useState(false)
  const members = useReadMembers({ robotId, roomId: room.id })
  const openMembers = () => {
    if (canChange) members.mutate({ isForced: false })
    setMembersOpen(true)
  }
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
        <MenuItem onSelect={openMembers}>{t('roomMembers.open')}</MenuItem>
        <MenuItem onSelect={copyId}>{t('copyId')}</MenuItem>
        {canChange && hasCode && <MenuItem onSelect={openCode}>{t('code.open')}</MenuItem>}
        {canChange && !room.isBound && <MenuItem onSelect={set(true)}>{t('bind')}</MenuItem>}
        {canChange && room.isBound && <MenuItem onSelect={set(false)}>{t('unbind')}</MenuItem>}
        {canChange && room.bindingSource === 'operator' && <MenuItem onSelect={set(null)}>{t('backToRule')}</MenuItem>}
      </Menu>
      {isCodeOpen && <RoomCodeSheet room={room} code={code} onClose={() => setIsCodeOpen(false)} />}
      {areMembersOpen && (
        <RoomMembersSheet robotId={robotId} room={room} read={members} onClose={() => setMembersOpen(false)} />
      )}
      <ScopeConfirmation question={bind.question} isBusy={bind.isPending} onConfirm={bind.confirm} />
    </>
  )
}
