'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { useCanChange } from '@/components/shell/role-context'
import { WindowText, windowStateOf } from '@/components/message/reply-window'
import { useNow } from '@/components/ui/use-now'

/** Returns whether a reply can be sent now: the robot is online and in the room, has the conversation, and the reply window is open. */
export function useCanReply({ isOnline, isGone, serviceState, replyWindow }: ConversationDetail): boolean {
  const nowMs = useNow()
  return (
    isOnline &&
    !isGone &&
    serviceState === null &&
    (replyWindow === null || windowStateOf(replyWindow, nowMs) === 'open')
  )
}

/** States why a reply is impossible and what to do, or what is left of the reply window; renders nothing otherwise. */
export function ReplyBlocker({ conversation }: { conversation: ConversationDetail }) {
  const t = useTranslations('inbox.cannot')
  const canChange = useCanChange()
  const nowMs = useNow()
  const { isOnline, isGone, serviceState, replyWindow, robotId } = conversation
  if (!canChange) return <Sentence className="border-t border-subtle p-3 text-muted">{t('viewer')}</Sentence>
  if (isGone) return <Sentence className="mb-2 text-warn">{t('gone')}</Sentence>
  if (!isOnline)
    return (
      <Sentence className="mb-2 text-warn">
        {t('offline')}{' '}
        <Link href={`/dashboard/robots/${robotId}/session`} className="link underline">
          {t('login')}
        </Link>
      </Sentence>
    )
  if (serviceState) return <Sentence className="mb-2 text-warn">{t(`service.${serviceState}`)}</Sentence>
  if (!replyWindow) return null
  return (
    <Sentence className="mb-2 text-muted">
      <WindowText window={replyWindow} nowMs={nowMs} />
    </Sentence>
  )
}

function Sentence({ className, children }: { className: string; children: ReactNode }) {
  return <p className={`text-sm ${className}`}>{children}</p>
}
