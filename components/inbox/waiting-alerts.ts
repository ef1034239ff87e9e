'use client'

import { queryOptions, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { robotName } from '@/components/robot/robot-name'
import { callDashboard } from '@/components/queries/call-dashboard'
import { usePersistedChoice } from '@/components/ui/use-persisted-choice'
import { inboxKey } from '@/components/inbox/inbox-queries'
import { isStreamUp } from '@/components/inbox/live-stream'
import { alertChoices, alertsChoice } from '@/components/inbox/alerts-choice'
import { listenForPresses, showAlert } from '@/components/inbox/show-alert'

/** Polls in hidden tabs too, but only while the stream of changes is down. */
const waitingListQuery = () =>
  queryOptions({
    queryKey: [...inboxKey, 'waiting-list'],
    queryFn: () => callDashboard('/conversations', { query: { view: 'waiting' } }),
    refetchInterval: () => (isStreamUp() ? false : 10_000),
    refetchIntervalInBackground: true,
  })

/** Shows a notification of the browser for each conversation that begins to wait for a person, if the viewer has turned them on. */
export function useWaitingAlerts(): void {
  const t = useTranslations('inbox')
  const router = useRouter()
  const isOn = usePersistedChoice(alertsChoice, alertChoices) === 'on'
  const { data } = useQuery({ ...waitingListQuery(), enabled: isOn })
  useEffect(() => (isOn ? listenForPresses((path) => router.push(path)) : undefined), [isOn, router])
  const known = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!isOn || !data) {
      known.current = null
      return
    }
    // The first list is what waited already.
    const before = known.current
    known.current = new Set(data.rows.map(({ id }) => id))
    if (before === null) return
    for (const { id, title, robotNickname, robotUsername } of data.rows.filter((row) => !before.has(row.id))) {
      const robot = robotName({ nickname: robotNickname, username: robotUsername })
      const alert = { title: t('alerts.title', { name: title || t('alerts.unknown') }), body: robot, tag: id }
      void showAlert({ ...alert, path: `/dashboard/inbox?view=waiting&c=${id}` }, (path) => router.push(path))
    }
  }, [isOn, data, router, t])
}
