import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
import { webContext } from '@/lib/http/web-context'
import { getQunByNumber } from '@/lib/qun/get-qun'
import { getJoinWay } from '@/lib/qun/join-way'
import { parseQunNumber } from '@/lib/qun/qun-link'
import type { QunView } from '@/lib/qun/qun-view'
import { getContactQr } from '@/lib/robot/contact-qr'
import { tooOftenResponse, countMiss, countPart } from '@/components/qun/join-page-response'

type Context = { params: Promise<{ id: string }> }

/**
 * Returns the official join QR code of an open customer group, otherwise the assistant's contact QR code, as uploaded by an operator.
 * Spec: B3 (assistant), E7 (customer groups).
 */
export async function GET(request: Request, context: Context): Promise<Response> {
  const ctx = webContext()
  const waitSeconds = await countPart(ctx, request)
  if (waitSeconds !== null) return tooOftenResponse(waitSeconds)
  const number = parseQunNumber((await context.params).id)
  const qun = number === null ? null : await getQunByNumber(ctx.db, { number })
  if (!qun) await countMiss(ctx, request)
  const picture = qun && (await readPicture(ctx.db, qun))
  if (!picture) return new Response('没有二维码\n', { status: 404, headers: { 'Cache-Control': 'no-store' } })
  return new Response(new Uint8Array(picture.bytes), {
    headers: {
      'Content-Type': picture.contentType,
      // Of a group that was closed and reopened, the previous code admits no one.
      'Cache-Control': isOfficial(qun) ? 'private, no-cache' : 'private, max-age=300',
      'X-Robots-Tag': 'noindex',
    },
  })
}

const isOfficial = ({ connection }: QunView) => capabilitiesOf[connection].qunRoom === 'take'

async function readPicture(db: Db, qun: QunView) {
  if (isOfficial(qun))
    return qun.status === 'open' ? ((await getJoinWay(db, { qunId: qun.id }))?.picture ?? null) : null
  return getContactQr(db, { robotId: qun.robotId })
}
