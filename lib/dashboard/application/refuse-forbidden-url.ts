import { checkUrl } from '@/lib/egress/check-url'
import type { ErrorReason } from '@/lib/error-reasons'
import { AppError, errorOf } from '@/lib/errors'
import type { WebContext } from '@/lib/http/web-context'

/** Reasons with a longer explanation in the dashboard. */
const explained: Partial<Record<ErrorReason, ErrorReason>> = {
  address_private: 'egress_private',
  address_metadata: 'egress_metadata',
  port_own: 'egress_own_port',
  service_own: 'egress_own_server',
}

/** Rejects a callback URL that the egress rules forbid. @throws AppError INVALID_PARAMETER with the reason. */
export async function refuseForbiddenUrl({ egress }: WebContext, url: string | null | undefined): Promise<void> {
  if (!url) return
  const checked = await checkUrl(egress, url)
  if (checked.ok) return
  const cause = checked.reason.sentence
  const reason = explained[cause.reason]
  if (reason) throw errorOf('INVALID_PARAMETER', { ...cause, reason }, { parameter: 'callbackUrl' })
  throw new AppError('INVALID_PARAMETER', {
    reason: 'callback_url_unusable',
    params: { cause },
    parameter: 'callbackUrl',
  })
}
