'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { ApplicationDetail, TokenView } from '@/lib/dashboard/application/detail'
import { useCanChange } from '@/components/shell/role-context'
import { TableCard } from '@/components/table/table-card'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row } from '@/components/ui/table'
import { IssueTokenSheet } from '@/components/application/issue-token-sheet'
import { TokenMenu } from '@/components/application/token-menu'
import { TokenEnd, TokenState } from '@/components/application/token-state'

/** Lists the access tokens of an application: prefix and last four characters, never the token. */
export function TokenCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('token')
  const common = useTranslations('common')
  const format = useFormatter()
  const canChange = useCanChange()
  const [isIssuing, setIssuing] = useState(false)
  const columns = [
    { key: 'name', title: t('column.name') },
    { key: 'token', title: t('column.token') },
    { key: 'state', title: t('column.state') },
    { key: 'rate', title: t('column.rate'), className: 'sm:max-lg:hidden text-right' },
    { key: 'lastUsed', title: t('column.lastUsed'), className: 'sm:max-lg:hidden' },
    { key: 'expires', title: t('column.expires'), className: 'sm:max-md:hidden' },
    { key: 'act', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  const tokens = application.tokens.filter((token) => !token.isCallbackOnly)
  const issue = canChange && (
    <Button variant="primary" onClick={() => setIssuing(true)}>
      {t('issue')}
    </Button>
  )
  return (
    <>
      <TableCard
        title={t('title')}
        hint={canChange ? t('hint') : `${t('hint')} ${t('adminsOnly')}`}
        action={issue}
        columns={columns}
        items={tokens}
        empty={<p className="text-muted">{t('none')}</p>}
      >
        {(token) => (
          <Row key={token.id} className={token.state === 'revoked' ? 'text-muted' : undefined}>
            <Cell className="font-medium wrap-anywhere">
              {token.name}
              <TokenLimits token={token} />
            </Cell>
            <Cell label={t('column.token')} className="font-mono text-sm whitespace-nowrap">
              wx_…{token.lastFour}
            </Cell>
            <Cell label={t('column.state')}>
              <TokenState token={token} />
              {token.expiresAt && (
                <div className="mt-1 hidden text-sm text-muted sm:max-md:block">
                  {t('until')} <TokenEnd token={token} />
                </div>
              )}
            </Cell>
            <Cell label={t('column.rate')} className="text-right sm:max-lg:hidden">
              {token.rateLimitPerMinute === 0 ? t('noLimit') : format.number(token.rateLimitPerMinute)}
            </Cell>
            <Cell label={t('column.lastUsed')} className="text-muted sm:max-lg:hidden">
              {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : t('neverUsed')}
            </Cell>
            <Cell label={t('column.expires')} className="text-muted sm:max-md:hidden">
              <TokenEnd token={token} />
            </Cell>
            <ActionCell>
              {canChange && token.state !== 'revoked' && <TokenMenu applicationId={application.id} token={token} />}
            </ActionCell>
          </Row>
        )}
      </TableCard>
      <IssueTokenSheet applicationId={application.id} isOpen={isIssuing} onOpenChange={setIssuing} />
    </>
  )
}

/** Names what a token is limited to; nothing if it may do everything. */
function TokenLimits({ token: { scopes, robotIds, networks } }: { token: TokenView }) {
  const t = useTranslations('token')
  const limits = [
    ...(scopes ?? []).map((scope) => t(`scope.${scope}`)),
    ...(robotIds ? [t('robotCount', { count: robotIds.length })] : []),
    ...(networks ? [t('fromAddresses')] : []),
  ]
  return limits.length > 0 && <p className="text-sm font-normal text-muted">{limits.join(' · ')}</p>
}
