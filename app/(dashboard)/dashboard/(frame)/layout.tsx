import type { ReactNode } from 'react'
import { EndpointBanner } from '@/components/callback/endpoint-banner'
import { BottomBar } from '@/components/frame/bottom-bar'
import { ConnectionLine } from '@/components/frame/connection-line'
import { Panels } from '@/components/frame/panels'
import { Rail } from '@/components/frame/rail'
import { RoleProvider } from '@/components/frame/role-context'
import { TopLine } from '@/components/frame/top-line'
import { getTranslator } from '@/lib/i18n/get-translator'
import { requireOperator } from './require-operator'

export default async function FrameLayout({ children }: { children: ReactNode }) {
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
        <Rail />
        <div className="min-w-0 flex-1">
          <TopLine email={operator.email} role={operator.role} />
          <main id="content" className="mx-auto max-w-[1200px] px-4 pt-6 pb-24 md:px-6 md:pb-12">
            <EndpointBanner />
            {children}
          </main>
        </div>
      </div>
      <BottomBar />
      <ConnectionLine />
      <Panels />
    </RoleProvider>
  )
}
