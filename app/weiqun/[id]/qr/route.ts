import { webContext } from '@/lib/http/web-context'
import { getQunByNumber } from '@/lib/qun/get-qun'
import { readQunNumber } from '@/lib/qun/qun-number'
import { getAssistantCode } from '@/lib/robot/assistant-code'

type Context = { params: Promise<{ id: string }> }

/** The picture of the assistant's own QR code, as an operator gave it. Spec: B3. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const { db } = webContext()
  const number = readQunNumber((await context.params).id)
  const qun = number === null ? null : await getQunByNumber(db, { number })
  const code = qun && (await getAssistantCode(db, { robotId: qun.robotId }))
  if (!code) return new Response('没有二维码\n', { status: 404, headers: { 'Cache-Control': 'no-store' } })
  return new Response(new Uint8Array(code.bytes), {
    headers: { 'Content-Type': code.contentType, 'Cache-Control': 'private, max-age=300', 'X-Robots-Tag': 'noindex' },
  })
}
