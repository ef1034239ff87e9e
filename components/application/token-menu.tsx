'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { Menu, MenuItem } from '@/components/ui/menu'
import { RevokeToken } from './revoke-token'
import { RollTokenSheet } from './roll-token-sheet'

/** What can be done with a token: roll it while it works and has no successor, revoke it at any time. */
export function TokenMenu({ applicationId, token }: { applicationId: string; token: TokenView }) {
  const t = useTranslations('token')
  const [open, setOpen] = useState<'roll' | 'revoke' | null>(null)
  const [rolls, setRolls] = useState(0)
  const close = (isOpen: boolean) => !isOpen && setOpen(null)
  const roll = () => {
    setRolls(rolls + 1)
    setOpen('roll')
  }
  return (
    <>
      <Menu
        label={t('menuOf', { name: token.name, lastFour: token.lastFour })}
        trigger={<Ellipsis size={18} aria-hidden />}
      >
        {token.state === 'active' && !token.isReplaced && <MenuItem onSelect={roll}>{t('roll')}</MenuItem>}
        <MenuItem onSelect={() => setOpen('revoke')} isDanger>
          {t('revoke')}
        </MenuItem>
      </Menu>
      <RollTokenSheet
        key={rolls}
        applicationId={applicationId}
        token={token}
        isOpen={open === 'roll'}
        onOpenChange={close}
      />
      <RevokeToken applicationId={applicationId} token={token} isOpen={open === 'revoke'} onOpenChange={close} />
    </>
  )
}
