'use client'

import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import { useCanChange } from '@/components/frame/role-context'
import { useCancelSends } from '@/components/robot/use-cancel-sends'
import { Button } from '@/components/ui/button'

/** Takes a waiting message back; nothing for one that does not wait. */
export function CancelSend({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  const canChange = useCanChange()
  const cancel = useCancelSends(message.robotId)
  if (!canChange || message.state !== 'queued') return null
  return (
    <Button
      look="quiet"
      className="shrink-0 self-start"
      isBusy={cancel.isPending}
      onClick={() => cancel.mutate({ messageId: message.id })}
    >
      {!cancel.isPending && <X size={15} aria-hidden />}
      {t('cancelSend')}
    </Button>
  )
}
