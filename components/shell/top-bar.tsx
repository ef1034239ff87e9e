import { Breadcrumb } from '@/components/shell/breadcrumb'
import { CommandButton } from '@/components/shell/command-button'
import { LanguageMenu } from '@/components/shell/language-menu'
import { OperatorMenu } from '@/components/shell/operator-menu'
import { ThemeMenu } from '@/components/shell/theme-menu'

/** The bar above each page: breadcrumb, search, language, theme, account. */
export function TopBar({ email, role }: { email: string; role: 'admin' | 'viewer' }) {
  return (
    <div className="sticky top-0 z-20 flex h-14 items-center gap-1 border-b border-subtle bg-ground/95 px-4 backdrop-blur md:px-6">
      <Breadcrumb />
      <div className="flex-1" />
      <CommandButton />
      <LanguageMenu />
      <ThemeMenu />
      <OperatorMenu email={email} role={role} />
    </div>
  )
}
