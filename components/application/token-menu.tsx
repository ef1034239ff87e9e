'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { Menu, MenuItem } from '@/components/ui/menu'
import { EditTokenSheet } from './edit-token-sheet'
import { RevokeToken } from './revoke-token'
import { RollTokenSheet } from './roll-token-sheet'

/** What can be done with a token: change what is said of it, roll it while it works and has no successor, revoke it. */
export function TokenMenu({ applicationId, token }: { applicationId: string; token: TokenView }) {
  const t = useTranslations('token')
  const [open, setOpen] = useState<'edit' | 'roll' | 'revoke' | null>(null)
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
          <MenuItem onSelect={() => setOpen('roll')}>{t('roll')}</MenuItem>
        )}
        <MenuItem onSelect={() => setOpen('revoke')} isDanger>
          {t('revoke')}
        </MenuItem>
      </Menu>
      <EditTokenSheet {...sheet('edit')} />
      <RollTokenSheet {...sheet('roll')} />
      <RevokeToken {...sheet('revoke')} />
    </>
  )
}
