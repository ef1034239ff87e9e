'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { channelQuery } from '@/components/alert/alert-queries'
import { ChannelForm } from '@/components/alert/channel-form'
import { RemoveChannel } from '@/components/alert/remove-channel'
import { TestCard } from '@/components/alert/test-card'
import { useCanChange } from '@/components/shell/role-context'
import { BackLink } from '@/components/ui/back-link'
import { ErrorState } from '@/components/ui/error-state'

/** An alert channel: its last message and test, and its settings. */
export function ChannelPanel({ channelId }: { channelId: string }) {
  const t = useTranslations('alert')
  const canChange = useCanChange()
  const { data: channel, error, refetch } = useQuery(channelQuery(channelId))
  if (!channel) return error && <ErrorState error={error} onRetry={refetch} />
  const { type, name, applicationName } = channel
  return (
    <div className="flex max-w-[720px] flex-col gap-6">
      <div>
        <BackLink href="/dashboard/settings/alerts">{t('backToList')}</BackLink>
        <h2 className="mt-1 text-lg font-semibold wrap-anywhere">{name}</h2>
        <p className="text-muted wrap-anywhere">
          {t(`type.${type}`)} · {applicationName ?? t('installation')}
        </p>
      </div>
      <TestCard channel={channel} />
      <ChannelForm key={channelId} channel={channel} />
      {canChange && <RemoveChannel channel={channel} />}
    </div>
  )
}
