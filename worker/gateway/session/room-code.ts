import { fileTypeFromBuffer } from 'file-type'
import { roomQr } from '@/worker/gateway/protocol/shapes'
import type { GatewaySession } from '@/worker/gateway/session/gateway-session'
import { toListFailure, toSendOutcome, WechatCallError } from '@/worker/wechat/errors'
import type { RoomCodeOutcome } from '@/worker/wechat/port'

const callTimeoutMs = 20_000

/** Fetches the QR code by which a person joins a room. Never throws; `onFailure` receives the error. */
export async function fetchRoomCode(
  { client, position }: GatewaySession,
  room: string,
  onFailure: (error: unknown) => void,
): Promise<RoomCodeOutcome> {
  try {
    const body = { appId: position?.appId, chatroomId: room }
    const parsed = roomQr.safeParse(await client.call('/group/getChatroomQrCode', body, { timeoutMs: callTimeoutMs }))
    const bytes = Buffer.from(parsed.data?.qrBase64 ?? '', 'base64')
    const contentType = (await fileTypeFromBuffer(bytes))?.mime ?? ''
    if (!/^image\/(?:png|jpeg|gif|webp)$/.test(contentType))
      throw new WechatCallError('getChatroomQrCode', 'unreadable', 'no picture')
    return { outcome: 'fetched', contentType, bytes }
  } catch (error) {
    onFailure(error)
    // A gateway refuses it during the first days of a device: that is WeChat's refusal, not an unreadable response.
    const refused = error instanceof WechatCallError && error.failure === 'ret' ? toSendOutcome(error, 'send') : null
    return refused?.outcome === 'refused' ? { ...refused, outcome: 'failed' } : toListFailure(error)
  }
}
