import { checkUrl } from '@/lib/egress/check-url'
import { AppError } from '@/lib/errors'
import type { WebContext } from '@/lib/http/web-context'

/** Refuses a callback address that we would never call. @throws AppError INVALID_PARAMETER with the reason. */
export async function refuseForbiddenUrl({ egress }: WebContext, url: string | null | undefined): Promise<void> {
  if (!url) return
  const checked = await checkUrl(egress, url)
  if (!checked.ok)
    throw new AppError('INVALID_PARAMETER', `回调地址不可用：${checked.reason}`, { parameter: 'callbackUrl' })
}
