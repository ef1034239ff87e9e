'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { useCanChange } from '@/components/frame/role-context'
import { TableCard } from '@/components/table/table-card'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row } from '@/components/ui/table'
import { IssueTokenSheet } from './issue-token-sheet'
import { TokenMenu } from './token-menu'
import { TokenEnd, TokenState } from './token-state'

/** An application's access tokens: prefix and last four, never the token. */
export function TokenCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('token')
  const common = useTranslations('common')
  const format = useFormatter()
  const canChange = useCanChange()
  const [isIssuing, setIssuing] = useState(false)
  const columns = [
    { key: 'name', title: t('column.name') },
    { key: 'token', title: t('column.token'), className: 'hidden sm:table-cell' },
    { key: 'state', title: t('column.state') },
    { key: 'rate', title: t('column.rate'), className: 'hidden text-right lg:table-cell' },
    { key: 'lastUsed', title: t('column.lastUsed'), className: 'hidden md:table-cell' },
    { key: 'expires', title: t('column.expires'), className: 'hidden md:table-cell' },
    { key: 'act', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  const tokens = application.tokens.filter((token) => !token.isCallbackOnly)
  const issue = canChange && (
    <Button look="primary" onClick={() => setIssuing(true)}>
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
            <Cell className="font-medium break-words">
              {token.name}
              <div className="font-mono text-sm font-normal text-muted sm:hidden">wx_…{token.lastFour}</div>
            </Cell>
            <Cell className="hidden font-mono text-sm whitespace-nowrap sm:table-cell">wx_…{token.lastFour}</Cell>
            <Cell>
              <TokenState token={token} />
              {token.expiresAt && (
                <div className="mt-1 text-sm text-muted md:hidden">
                  {t('until')} <TokenEnd token={token} />
                </div>
              )}
            </Cell>
            <Cell className="hidden text-right lg:table-cell">
              {token.rateLimitPerMinute === 0 ? t('noLimit') : format.number(token.rateLimitPerMinute)}
            </Cell>
            <Cell className="hidden text-muted md:table-cell">
              {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : t('neverUsed')}
            </Cell>
            <Cell className="hidden text-muted md:table-cell">
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
