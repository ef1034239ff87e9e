'use client'

import { useTranslations } from 'use-intl'
import type { ChannelView } from '@/lib/dashboard/alert/view'
import { alertsKey } from '@/components/alert/alert-queries'
import { channelStateOf } from '@/components/alert/channel-state'
import { useAction } from '@/components/queries/use-action'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'

/** Sends a test message, and shows how the last message ended. */
export function TestCard({ channel }: { channel: ChannelView }) {
  const t = useTranslations('alert')
  const say = useSentenceText()
  const canChange = useCanChange()
  const { id, problem, lastSentAt, lastFailedAt } = channel
  const test = useAction({
    call: (_input, send) => send('POST', '/alerts/channels/[channelId]/test', { ids: { channelId: id } }),
    refresh: [alertsKey],
  })
  const button = canChange && (
    <Button isBusy={test.isPending} onClick={() => test.mutate()}>
      {t('sendTest')}
    </Button>
  )
  const at = problem ? lastFailedAt : lastSentAt
  return (
    <Card title={t('lastMessage')} hint={t('testHint')} action={button}>
      <div aria-live="polite">
        <p className="flex flex-wrap items-center gap-2">
          <StateBadge kind="channel" state={channelStateOf(channel)} />
          <span className="text-sm text-muted">{at ? <RelativeTime at={at} /> : t('neverSent')}</span>
        </p>
        {problem && <p className="mt-2 wrap-anywhere">{say(problem) ?? problem.reason}</p>}
      </div>
    </Card>
  )
}
