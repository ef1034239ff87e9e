import { readSessions } from '@/lib/dashboard/operator/sessions'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { AccountPanel } from '@/components/settings/account-panel'
import { SessionList } from '@/components/settings/session-list'
import { sessionsQuery } from '@/components/settings/sessions-query'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('settings.title')

export default async function SettingsPage() {
  const { ctx, operator } = await requireOperator()
  const { SESSION_HOURS: hours, SESSION_IDLE_MINUTES: idleMinutes } = ctx.env
  return (
    <Prefetch entries={[prefetched(sessionsQuery(), await readSessions(ctx, operator))]}>
      <div className="flex max-w-[720px] flex-col gap-6">
        <AccountPanel email={operator.email} role={operator.role} />
        <SessionList hours={hours} idleMinutes={idleMinutes} />
      </div>
    </Prefetch>
  )
}
