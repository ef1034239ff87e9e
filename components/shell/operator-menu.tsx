'use client'

import CircleUser from 'lucide-react/icons/circle-user'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Menu, MenuItem, MenuLink } from '@/components/ui/menu'
import { openPanel } from '@/components/shell/panel'
import { signOut } from '@/components/shell/sign-out'

export function OperatorMenu({ email, role }: { email: string; role: 'admin' | 'viewer' }) {
  const t = useTranslations('operator')
  return (
    <Menu label={t('menu')} trigger={<CircleUser size={18} aria-hidden />}>
      <div className="border-b border-subtle px-2.5 py-2 text-sm">
        <div className="max-w-56 truncate font-medium">{email}</div>
        <div className="text-muted">{t(`role.${role}`)}</div>
      </div>
      <MenuLink>
        <Link href="/dashboard/settings">{t('settings')}</Link>
      </MenuLink>
      <MenuItem onSelect={() => openPanel('shortcuts')}>{t('shortcuts')}</MenuItem>
      <MenuItem onSelect={signOut}>{t('signOut')}</MenuItem>
    </Menu>
  )
}
