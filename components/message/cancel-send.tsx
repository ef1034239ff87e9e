'use client'

import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import type { MessageView } from '@/lib/dashboard/message/list'
import { useCanChange } from '@/components/shell/role-context'
import { useCancelSends } from '@/components/robot/use-cancel-sends'
import { Button } from '@/components/ui/button'

/** Cancels a queued message; renders nothing for any other message. */
export function CancelSend({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  const canChange = useCanChange()
  const cancel = useCancelSends(message.robotId)
  if (!canChange || message.state !== 'queued') return null
  return (
    <Button
      variant="quiet"
      className="shrink-0 self-start"
      isBusy={cancel.isPending}
      onClick={() => cancel.mutate({ messageId: message.id })}
    >
      {!cancel.isPending && <X size={15} aria-hidden />}
      {t('cancelSend')}
    </Button>
  )
}
