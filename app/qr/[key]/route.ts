import QRCode from 'qrcode'
import { webContext } from '@/lib/http/web-context'
import { getSessionByQrKey } from '@/lib/session/get-session'
import { readQrPage } from '@/lib/public-page/read-qr-page'

type Context = { params: Promise<{ key: string }> }

/** Returns the picture of the current QR code: WeChat rotates QR codes, the link stays. Spec: A7 (login). */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { key } = await context.params
  const ctx = webContext()
  const page = await readQrPage(ctx, key)
  if (!page) return textResponse(404, '没有这个二维码')
  if (page.state === 'starting') return textResponse(404, '二维码正在生成，请稍后再试')
  const session = await getSessionByQrKey(ctx.db, key)
  if (page.state === 'done' || page.state === 'ended' || !session?.qrContent) return textResponse(410, '二维码已经失效')
  const png = await QRCode.toBuffer(session.qrContent, { width: 480, margin: 2, errorCorrectionLevel: 'M' })
  return new Response(new Uint8Array(png), { headers: { 'Content-Type': 'image/png', 'Cache-Control': 'no-store' } })
}

function textResponse(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}
