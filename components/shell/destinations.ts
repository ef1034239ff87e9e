import AppWindow from 'lucide-react/icons/app-window'
import Bot from 'lucide-react/icons/bot'
import Inbox from 'lucide-react/icons/inbox'
import LayoutDashboard from 'lucide-react/icons/layout-dashboard'
import Settings from 'lucide-react/icons/settings'
import Users from 'lucide-react/icons/users'
import Webhook from 'lucide-react/icons/webhook'

/** The main navigation, top to bottom; g followed by `letter` opens a destination. */
export const destinations = [
  { key: 'inbox', letter: 'i', href: '/dashboard/inbox', Icon: Inbox },
  { key: 'overview', letter: 'o', href: '/dashboard', Icon: LayoutDashboard },
  { key: 'applications', letter: 'a', href: '/dashboard/applications', Icon: AppWindow },
  { key: 'robots', letter: 'r', href: '/dashboard/robots', Icon: Bot },
  { key: 'quns', letter: 'q', href: '/dashboard/quns', Icon: Users },
  { key: 'callbacks', letter: 'c', href: '/dashboard/callbacks', Icon: Webhook },
  { key: 'settings', letter: 's', href: '/dashboard/settings', Icon: Settings },
] as const

/** Returns whether a path is below a destination. */
export function isUnder(pathname: string, href: string): boolean {
  return href === '/dashboard' ? pathname === href : pathname === href || pathname.startsWith(`${href}/`)
}
