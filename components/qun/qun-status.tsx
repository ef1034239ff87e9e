import { useTranslations } from 'use-intl'
import type { QunRow } from '@/app/api/dashboard/views/quns'
import { Badge, type Tone } from '@/components/ui/badge'

const tones: Record<QunRow['status'], Tone> = {
  pending_owner: 'muted',
  pending_room: 'warn',
  open: 'ok',
  full: 'warn',
  paused: 'warn',
  closed: 'muted',
}

/** A qun's state in a word. */
export function QunStatus({ status }: { status: QunRow['status'] }) {
  const t = useTranslations('qun')
  return <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>
}
