'use client'

import { useTranslations } from 'use-intl'
import type { TokenView } from '@/lib/dashboard/application/detail'

/** Names what a token is limited to; nothing if it may do everything. */
export function TokenLimits({ token: { scopes, robotIds, networks } }: { token: TokenView }) {
  const t = useTranslations('token')
  const limits = [
    ...(scopes ?? []).map((scope) => t(`scope.${scope}`)),
    ...(robotIds ? [t('robotCount', { count: robotIds.length })] : []),
    ...(networks ? [t('fromAddresses')] : []),
  ]
  return limits.length > 0 && <p className="text-sm font-normal text-muted">{limits.join(' · ')}</p>
}
