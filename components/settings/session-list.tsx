'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SessionView } from '@/lib/dashboard/operator/sessions'
import { useCanChange } from '@/components/shell/role-context'
import { useAction } from '@/components/queries/use-action'
import { TableCard } from '@/components/table/table-card'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Nothing } from '@/components/ui/nothing'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row } from '@/components/ui/table'
import { parseBrowser } from '@/components/settings/parse-browser'
import { sessionsQuery } from '@/components/settings/sessions-query'

/** The operator's sessions, for admins those of all operators; every session except the current one can be ended. */
export function SessionList({ hours, idleMinutes }: { hours: number; idleMinutes: number }) {
  const t = useTranslations('sessions')
  const common = useTranslations('common')
  const isAdmin = useCanChange()
  const [confirming, setConfirming] = useState<SessionView | null>(null)
  const { data: sessions, error, refetch } = useQuery(sessionsQuery())
  const nameOf = ({ userAgent }: SessionView) => {
    const { browser, system } = parseBrowser(userAgent)
    return browser && system ? t('on', { browser, system }) : (browser ?? system ?? t('unknownBrowser'))
  }
  const end = useAction({
    call: (sessionId: string, send) => send('DELETE', '/sessions/[sessionId]', { ids: { sessionId } }),
    done: t('ended'),
    refresh: [sessionsQuery().queryKey],
    onDone: () => setConfirming(null),
  })
  const columns = [
    { key: 'browser', title: t('browser') },
    ...(isAdmin ? [{ key: 'who', title: t('who') }] : []),
    { key: 'address', title: t('address'), className: 'sm:max-md:hidden' },
    { key: 'since', title: t('since'), className: 'sm:max-lg:hidden' },
    { key: 'lastSeen', title: t('lastSeen') },
    { key: 'act', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  const confirmText = confirming && { email: confirming.email, browser: nameOf(confirming) }
  return (
    <>
      <TableCard
        title={t('title')}
        hint={`${t(isAdmin ? 'hintForAdmins' : 'hint')} ${t('limits', { hours, minutes: idleMinutes })}`}
        columns={columns}
        items={sessions}
        error={error}
        onRetry={refetch}
      >
        {(session) => (
          <Row key={session.id}>
            <Cell>
              <span title={session.userAgent}>{nameOf(session)}</span>{' '}
              {session.isCurrent && <Badge tone="ok">{t('current')}</Badge>}
            </Cell>
            {isAdmin && (
              <Cell label={t('who')} className="break-all">
                {session.email}
              </Cell>
            )}
            <Cell label={t('address')} className="font-mono text-sm sm:max-md:hidden">
              {session.peerAddress || <Nothing />}
            </Cell>
            <Cell label={t('since')} className="text-muted sm:max-lg:hidden">
              <RelativeTime at={session.createdAt} />
            </Cell>
            <Cell label={t('lastSeen')} className="text-muted">
              <RelativeTime at={session.lastSeenAt} />
            </Cell>
            <ActionCell>
              {!session.isCurrent && (
                <Button
                  aria-label={t('endOf', { email: session.email, browser: nameOf(session) })}
                  onClick={() => setConfirming(session)}
                >
                  {t('end')}
                </Button>
              )}
            </ActionCell>
          </Row>
        )}
      </TableCard>
      <ConfirmDialog
        isOpen={confirming !== null}
        onOpenChange={(isOpen) => !isOpen && setConfirming(null)}
        title={t('endAsk')}
        action={t('end')}
        isBusy={end.isPending}
        onConfirm={() => confirming && end.mutate(confirming.id)}
      >
        {confirmText && t('endEffect', confirmText)}
      </ConfirmDialog>
    </>
  )
}
