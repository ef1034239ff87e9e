import type { ReactNode } from 'react'
import { EndpointBanner } from '@/components/callback/endpoint-banner'
import { BottomBar } from '@/components/shell/bottom-bar'
import { ConnectionBanner } from '@/components/shell/connection-banner'
import { Panels } from '@/components/shell/panels'
import { Sidebar } from '@/components/shell/sidebar'
import { RoleProvider } from '@/components/shell/role-context'
import { TopBar } from '@/components/shell/top-bar'
import { LeaveGuard } from '@/components/leave/leave-guard'
import { getTranslator } from '@/lib/i18n/get-translator'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export default async function ShellLayout({ children }: { children: ReactNode }) {
  const { operator } = await requireOperator()
  const t = await getTranslator()
  return (
    <RoleProvider role={operator.role}>
      <a
        href="#content"
        className="sr-only z-50 rounded bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('nav.skip')}
      </a>
      <div className="flex min-h-dvh">
        <Sidebar />
        <div className="min-w-0 flex-1">
          <TopBar email={operator.email} role={operator.role} />
          <main id="content" className="mx-auto max-w-[1200px] px-4 pt-6 pb-24 md:px-6 md:pb-12">
            <EndpointBanner />
            {children}
          </main>
        </div>
      </div>
      <BottomBar />
      <ConnectionBanner />
      <Panels />
      <LeaveGuard email={operator.email} />
    </RoleProvider>
  )
}
