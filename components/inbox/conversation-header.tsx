'use client'

import ArrowLeft from 'lucide-react/icons/arrow-left'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { z } from 'zod'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import type { conversationActions, stateForm } from '@/lib/dashboard/conversation/form'
import { useAction } from '@/components/queries/use-action'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { AssigneeMenu } from '@/components/inbox/assignee-menu'
import { inboxKey } from '@/components/inbox/inbox-queries'
import { openConversation } from '@/components/inbox/open-conversation'

type Action = Exclude<(typeof conversationActions)[number], 'read'>

/** Who the conversation is with, its state, and the actions that the state allows. */
export function ConversationHeader({ conversation }: { conversation: ConversationDetail }) {
  const t = useTranslations('inbox')
  const canChange = useCanChange()
  const { id, title, roomId, robotId, robotNickname, robotUsername, applicationName } = conversation
  const { state, serviceState, waitingSince, assigneeId, assigneeEmail, isMine } = conversation
  const { mutate, isPending } = useAction({
    call: (body: z.input<typeof stateForm>, send) =>
      send('POST', '/conversations/[conversationId]/state', { ids: { conversationId: id }, body }),
    refresh: [inboxKey],
  })
  const button = (action: Action, key?: string, variant?: 'primary') => (
    <Button variant={variant ?? 'plain'} disabled={isPending} data-key={key} onClick={() => mutate({ action })}>
      {t(`action.${action}`)}
    </Button>
  )
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-subtle px-3 py-2.5 md:px-4">
      <button
        type="button"
        aria-label={t('back')}
        onClick={() => openConversation('')}
        className="-ml-1 grid size-control shrink-0 place-items-center rounded text-muted hover:bg-hover md:hidden"
      >
        <ArrowLeft size={18} aria-hidden />
      </button>
      <div className="min-w-0 flex-1 basis-40">
        <h2 className="truncate text-base font-semibold">
          {title || t('unnamed')}
          {roomId && <span className="ml-1.5 text-xs font-normal text-muted">{t('room')}</span>}
        </h2>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-xs text-muted">
          <StateBadge kind="conversation" state={state} />
          {serviceState && serviceState !== 'ended' && <Badge tone="warn">{t(`held.${serviceState}`)}</Badge>}
          {waitingSince && (
            <span>
              {t('waitingSince')} <RelativeTime at={waitingSince} />
            </span>
          )}
          {assigneeEmail && <span className="min-w-0 truncate">{t('assignedTo', { name: assigneeEmail })}</span>}
          <Link href={`/dashboard/robots/${robotId}`} className="min-w-0 truncate hover:text-ink hover:underline">
            {robotNickname || robotUsername} · {applicationName}
          </Link>
        </p>
      </div>
      {canChange && (
        <div className="flex shrink-0 flex-wrap justify-end gap-2">
          {state === 'bot' && button('handover')}
          {state !== 'closed' && !isMine && button('assign', 'a', state === 'assigned' ? undefined : 'primary')}
          {state !== 'closed' && (
            <AssigneeMenu assigneeId={assigneeId} onAssign={(to) => mutate({ action: 'assign', assigneeId: to })} />
          )}
          {state === 'assigned' && button('release')}
          {state === 'closed' ? button('reopen') : button('resolve', 'e')}
        </div>
      )}
    </header>
  )
}
