import { useNow, useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'

const tones = { active: 'ok', ending: 'warn', endingSoon: 'warn', expired: 'bad', revoked: 'muted' } as const
const soonMs = 7 * 24 * 3600 * 1000

/** Whether a token works, whether it ends soon, and whether callbacks repeat it. */
export function TokenState({ token }: { token: TokenView }) {
  const t = useTranslations('token')
  const now = useNow().getTime()
  const endsSoon = token.expiresAt !== null && new Date(token.expiresAt).getTime() - now < soonMs
  const state =
    token.state !== 'active' ? token.state : token.isReplaced ? 'ending' : endsSoon ? 'endingSoon' : 'active'
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
      {token.isInCallbacks && <Badge tone="muted">{t('inCallbacks')}</Badge>}
    </div>
  )
}

/** When a token ends or has ended. */
export function TokenEnd({ token }: { token: TokenView }) {
  const t = useTranslations('token')
  return token.expiresAt ? <RelativeTime at={token.expiresAt} /> : t('never')
}
