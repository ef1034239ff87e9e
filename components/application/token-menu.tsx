'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TokenView } from '@/lib/dashboard/application/detail'
import { Menu, MenuItem } from '@/components/ui/menu'
import { EditTokenSheet } from '@/components/application/edit-token-sheet'
import { RevokeToken } from '@/components/application/revoke-token'
import { RotateTokenSheet } from '@/components/application/rotate-token-sheet'

/** The actions on a token: edit, rotate (if active and without a successor), revoke. */
export function TokenMenu({ applicationId, token }: { applicationId: string; token: TokenView }) {
  const t = useTranslations('token')
  const [open, setOpen] = useState<'edit' | 'rotate' | 'revoke' | null>(null)
  const sheet = (name: typeof open) => ({
    applicationId,
    token,
    isOpen: open === name,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? name : null),
  })
  return (
    <>
      <Menu
        label={t('menuOf', { name: token.name, lastFour: token.lastFour })}
        trigger={<Ellipsis size={18} aria-hidden />}
      >
        <MenuItem onSelect={() => setOpen('edit')}>{t('edit')}</MenuItem>
        {token.state === 'active' && !token.isReplaced && (
          <MenuItem onSelect={() => setOpen('rotate')}>{t('rotate')}</MenuItem>
        )}
        <MenuItem onSelect={() => setOpen('revoke')} isDanger>
          {t('revoke')}
        </MenuItem>
      </Menu>
      <EditTokenSheet {...sheet('edit')} />
      <RotateTokenSheet {...sheet('rotate')} />
      <RevokeToken {...sheet('revoke')} />
    </>
  )
}
