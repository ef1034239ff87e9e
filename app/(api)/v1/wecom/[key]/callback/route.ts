import { findConnectorByCallbackKey, isCallbackKey } from '@/lib/connector/find-connector'
import { AppError } from '@/lib/errors'
import { respondToCallback } from '@/lib/http/respond-to-callback'
import { refuseMethod } from '@/lib/http/api-route'
import { limitAddress } from '@/lib/http/limit-rate'
import { webContext } from '@/lib/http/web-context'
import { readSigned, receiveCallback, type SignedCallback, verifyCallbackUrl } from '@/lib/wecom/receive-callback'

/** Requests to unknown paths, and unsigned ones, per minute and address. */
const refusedPerMinute = 60

type Context = { params: Promise<{ key: string }> }

/** Responds to WeCom's verification of the callback URL with the decrypted text. Spec: E6 (WeCom customer service). */
export function GET(request: Request, context: Context): Promise<Response> {
  return respond(request, context, (company, { query, echo, nowMs }) =>
    verifyCallbackUrl(webContext().db, { company, query, echo, nowMs }),
  )
}

/** Receives an encrypted callback, which is stored before wxbot responds; the entries are pulled afterwards. Spec: E6 (WeCom customer service). */
export function POST(request: Request, context: Context): Promise<Response> {
  return respond(request, context, async (company, { query, nowMs }) => {
    const body = await request.text()
    const outcome = await receiveCallback(webContext().db, { company, query, body, nowMs })
    return outcome === 'refused' ? null : ''
  })
}

type Company = NonNullable<Awaited<ReturnType<typeof findCompany>>>

async function respond(
  request: Request,
  { params }: Context,
  read: (company: Company, callback: SignedCallback) => Promise<string | null>,
): Promise<Response> {
  const { limiter } = webContext()
  const refuse = async (refusal: AppError) => {
    await limitAddress(limiter, request, { purpose: 'wecom-callback', perMinute: refusedPerMinute })
    throw refusal
  }
  return respondToCallback('a callback of WeCom could not be stored', async () => {
    const company = await findCompany((await params).key)
    if (!company) return await refuse(new AppError('ROUTE_NOT_FOUND', { reason: 'call_not_found' }))
    const text = await read(company, readSigned(request.url))
    if (text === null) return await refuse(new AppError('NOT_PRIVATE', { reason: 'callback_not_signed' }))
    return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=UTF-8', 'Cache-Control': 'no-store' } })
  })
}

async function findCompany(key: string) {
  const { db, sealer } = webContext()
  return isCallbackKey(key) ? findConnectorByCallbackKey(db, { sealer, type: 'wecom', callbackKey: key }) : null
}

const refuse = refuseMethod('v1', ['GET', 'POST'])
export { refuse as DELETE, refuse as HEAD, refuse as OPTIONS, refuse as PATCH, refuse as PUT }
