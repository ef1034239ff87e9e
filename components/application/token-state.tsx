import { useNow, useTranslations } from 'use-intl'
import type { TokenView } from '@/lib/dashboard/application/detail'
import { StateBadge } from '@/components/state/state-badge'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'

const soonMs = 7 * 24 * 3600 * 1000

/** The status of a token, and whether callbacks include it. */
export function TokenState({ token }: { token: TokenView }) {
  const t = useTranslations('token')
  const now = useNow().getTime()
  const endsSoon = token.expiresAt !== null && new Date(token.expiresAt).getTime() - now < soonMs
  const state =
    token.state !== 'active' ? token.state : token.isReplaced ? 'ending' : endsSoon ? 'endingSoon' : 'active'
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <StateBadge kind="token" state={state} />
      {token.isInCallbacks && <Badge tone="muted">{t('inCallbacks')}</Badge>}
    </div>
  )
}

/** The expiry of a token, past or future. */
export function TokenEnd({ token }: { token: TokenView }) {
  const t = useTranslations('token')
  return token.expiresAt ? <RelativeTime at={token.expiresAt} /> : t('never')
}
