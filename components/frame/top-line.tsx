import { Breadcrumb } from './breadcrumb'
import { CommandButton } from './command-button'
import { LanguageMenu } from './language-menu'
import { OperatorMenu } from './operator-menu'
import { ThemeMenu } from './theme-menu'

/** The quiet line above each page: where I am, search, language, theme, who I am. */
export function TopLine({ email, role }: { email: string; role: 'admin' | 'viewer' }) {
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
