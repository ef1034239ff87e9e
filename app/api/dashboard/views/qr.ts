import { createHash } from 'node:crypto'
import type { Env } from '@/lib/env'
import type { Session } from '@/lib/session/get-live-session'

export type QrView = {
  state: 'starting' | 'waiting_scan' | 'waiting_confirm'
  /** The image of the code of now; null until WeChat has given one. The address changes with the code. */
  imageUrl: string | null
  /** The page to send to whoever holds the phone. */
  pageUrl: string
  /** The simulated phone with this code chosen; null where WeChat is real. */
  phoneUrl: string | null
  avatar: string | null
  expiresAt: string
}

type Attempt = Pick<Session, 'state' | 'qrKey' | 'qrContent' | 'avatar' | 'attemptExpiresAt'>

/** Presents a login attempt to whoever may see its code. */
export function viewQr(env: Pick<Env, 'PUBLIC_URL' | 'WECHAT' | 'WECHAT_ORIGIN'>, attempt: Attempt): QrView {
  const { state, qrKey, qrContent, avatar, attemptExpiresAt } = attempt
  const version = qrContent && createHash('sha256').update(qrContent).digest('hex').slice(0, 8)
  const codeId = qrContent?.match(/\/l\/([^/?#]+)/)?.[1]
  const isSimulated = env.WECHAT === 'simulator' && env.WECHAT_ORIGIN && codeId
  return {
    state: state === 'waiting_scan' || state === 'waiting_confirm' ? state : 'starting',
    imageUrl: version && `/qr/${qrKey}?v=${version}`,
    pageUrl: `${env.PUBLIC_URL}/qr/${qrKey}.html`,
    phoneUrl: isSimulated ? `${env.WECHAT_ORIGIN}/?code=${codeId}` : null,
    avatar: avatar?.startsWith('data:image/') ? avatar : null,
    expiresAt: attemptExpiresAt.toISOString(),
  }
}
