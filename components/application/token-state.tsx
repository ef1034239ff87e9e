import { useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'

const tones = { active: 'ok', ending: 'warn', expired: 'warn', revoked: 'muted' } as const

/** Whether a token works, until when, and whether callbacks repeat it. */
export function TokenState({ token }: { token: TokenView }) {
  const t = useTranslations('token')
  const state = token.state === 'active' && token.isReplaced ? 'ending' : token.state
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
      {token.isInCallbacks && <Badge tone="muted">{t('inCallbacks')}</Badge>}
      {token.state === 'active' && token.expiresAt && (
        <span className="text-sm text-muted">
          {t('until')} <RelativeTime at={token.expiresAt} />
        </span>
      )}
    </div>
  )
}
