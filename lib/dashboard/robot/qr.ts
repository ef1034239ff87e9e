import { createHash } from 'node:crypto'
import type { Env } from '@/lib/env'
import type { Session } from '@/lib/session/get-session'

export type QrView = {
  state: 'starting' | 'waiting_scan' | 'waiting_code' | 'waiting_confirm'
  /** The image of the current QR code, at a URL that changes with the code; null: WeChat has not returned a code yet. */
  imageUrl: string | null
  /** The page for the person who scans the code. */
  pageUrl: string
  /** The simulated phone with this code selected; null: WeChat is not simulated. */
  phoneUrl: string | null
  avatar: string | null
  /** Whether the code leads to a face or slider check instead of the login. */
  isCheck: boolean
  expiresAt: string
}

type LoginFields = Pick<Session, 'state' | 'qrKey' | 'qrContent' | 'avatar' | 'attemptExpiresAt' | 'isCheck'>

/** Presents a login to an operator or a visitor who may see its QR code. */
export function viewQr(env: Pick<Env, 'PUBLIC_URL' | 'WECHAT' | 'WECHAT_ORIGIN'>, login: LoginFields): QrView {
  const { state, qrKey, qrContent, avatar, attemptExpiresAt } = login
  const version = qrContent && createHash('sha256').update(qrContent).digest('hex').slice(0, 8)
  // The last part of the simulator's links for web, iLink and gateway logins, and the parameter of its page of codes.
  const simulatorCodeId = qrContent
    ?.match(/\/(?:[lx]|gateway-check)\/([^/?#]+)|\?qrcode=([^&#]+)/)
    ?.slice(1)
    .find(Boolean)
  const isSimulated = env.WECHAT === 'simulator' && env.WECHAT_ORIGIN && simulatorCodeId
  return {
    state: state === 'waiting_scan' || state === 'waiting_code' || state === 'waiting_confirm' ? state : 'starting',
    imageUrl: version && `/qr/${qrKey}?v=${version}`,
    pageUrl: `${env.PUBLIC_URL}/qr/${qrKey}.html`,
    phoneUrl: isSimulated ? `${env.WECHAT_ORIGIN}/?code=${simulatorCodeId}` : null,
    avatar: avatar?.startsWith('data:image/') ? avatar : null,
    isCheck: login.isCheck && state === 'waiting_scan',
    expiresAt: attemptExpiresAt.toISOString(),
  }
}
