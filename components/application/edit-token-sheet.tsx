'use client'

import { useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { callDashboard } from '@/components/queries/call-dashboard'
import { Sheet } from '@/components/ui/sheet'
import { TokenForm } from './token-form'

type Props = { applicationId: string; token: TokenView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Changes a token's name, end and limit; the token itself stays. */
export function EditTokenSheet({ applicationId, token, isOpen, onOpenChange }: Props) {
  const t = useTranslations('token')
  const { name, expiresAt, rateLimitPerMinute, isReplaced } = token
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('editTitle', { name })}
      description={t(isReplaced ? 'editReplacedHint' : 'editHint', { lastFour: token.lastFour })}
    >
      <TokenForm
        values={{ name, expiresAt, rateLimitPerMinute }}
        action={t('save')}
        done={t('changed')}
        mayExpire={!isReplaced}
        call={(form) => callDashboard(`/applications/${applicationId}/tokens/${token.id}`, 'PATCH', form)}
        onDone={() => onOpenChange(false)}
      />
    </Sheet>
  )
}
