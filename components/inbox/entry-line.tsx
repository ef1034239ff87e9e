'use client'

import { useTranslations } from 'use-intl'
import type { EntryView } from '@/lib/dashboard/conversation/messages'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { RelativeTime } from '@/components/ui/relative-time'

/** Shows an entry of a conversation: a note for colleagues in a box, or a change of the conversation's state as plain text. */
export function EntryLine({ entry }: { entry: EntryView }) {
  const t = useTranslations('inbox')
  const by = entry.operatorEmail ?? t('by.api')
  if (entry.kind === 'note')
    return (
      <li className="self-center rounded-lg border border-warn/40 bg-warn-soft px-3 py-2 md:max-w-[70%]">
        <p className="text-xs text-warn">
          {t('entry.note', { by })} · <RelativeTime at={entry.createdAt} />
        </p>
        <p className="mt-0.5 [overflow-wrap:anywhere] whitespace-pre-wrap">{entry.text}</p>
      </li>
    )
  return (
    <li className="text-center text-xs [overflow-wrap:anywhere] text-muted">
      <ChangeText entry={entry} by={by} /> · <RelativeTime at={entry.createdAt} />
    </li>
  )
}

function ChangeText({ entry, by }: { entry: EntryView; by: string }) {
  const t = useTranslations('inbox')
  const say = useSentenceText()
  const { kind, detail, assigneeEmail, operatorEmail } = entry
  switch (kind) {
    case 'handover_requested':
      return [t('entry.handover_requested'), detail.source && t(`source.${detail.source}`), detail.text]
        .filter(Boolean)
        .join(' · ')
    case 'assigned': {
      const name = assigneeEmail ?? t('by.unknown')
      return operatorEmail === assigneeEmail ? t('entry.assigned', { name }) : t('entry.assignedBy', { by, name })
    }
    case 'released':
    case 'resolved':
    case 'reopened':
      return t(`entry.${kind}`, { by })
    case 'service_refused': {
      const cause = (detail.refusal && say(detail.refusal)) ?? t('entry.unknownCause')
      if (detail.isEnd) return t('entry.end_refused', { cause })
      return t(detail.isQueued ? 'entry.servicer_refused' : 'entry.service_refused', { cause })
    }
    case 'note':
      return null
  }
}
