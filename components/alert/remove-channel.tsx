'use client'

import { useTranslations } from 'use-intl'
import type { ChannelView } from '@/lib/dashboard/alert/view'
import { useNavigate } from '@/components/leave/use-navigate'
import { useAction } from '@/components/queries/use-action'
import { RemovalCard } from '@/components/ui/removal-card'
import { alertsQuery } from '@/components/alert/alert-queries'

/** Removes an alert channel, after a question. */
export function RemoveChannel({ channel: { id, name } }: { channel: ChannelView }) {
  const t = useTranslations('alert')
  const navigate = useNavigate()
  const remove = useAction({
    call: (_input, send) => send('DELETE', '/alerts/channels/[channelId]', { ids: { channelId: id } }),
    done: t('removed', { name }),
    refresh: [alertsQuery().queryKey],
    onDone: () => navigate('/dashboard/settings/alerts'),
  })
  return <RemovalCard namespace="alert" name={name} isBusy={remove.isPending} onRemove={() => remove.mutate()} />
}
