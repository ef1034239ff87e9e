'use client'

import { useTranslations } from 'use-intl'
import type { TokenView } from '@/lib/dashboard/application/detail'
import { Sheet } from '@/components/ui/sheet'
import { tokenScopes } from '@/lib/db/types'
import { TokenForm } from '@/components/application/token-form'

type Props = { applicationId: string; token: TokenView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Changes the name, expiry and limits of a token; the token itself stays. */
export function EditTokenSheet({ applicationId, token, isOpen, onOpenChange }: Props) {
  const t = useTranslations('token')
  const { name, expiresAt, rateLimitPerMinute, isReplaced } = token
  const limits = {
    scopes: token.scopes ?? [...tokenScopes],
    robotIds: token.robotIds ?? [],
    networks: token.networks ?? [],
  }
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('editTitle', { name })}
      description={t(isReplaced ? 'editReplacedHint' : 'editHint', { lastFour: token.lastFour })}
    >
      <TokenForm
        applicationId={applicationId}
        values={{ name, expiresAt, rateLimitPerMinute, ...limits }}
        action={t('save')}
        done={t('changed')}
        mayExpire={!isReplaced}
        call={(body, send) =>
          send('PATCH', '/applications/[applicationId]/tokens/[tokenId]', {
            ids: { applicationId, tokenId: token.id },
            body,
          })
        }
        onDone={() => onOpenChange(false)}
      />
    </Sheet>
  )
}
