import { AppError } from '@/lib/errors'
import { renderError } from '@/lib/http/dialect'
import { webContext } from '@/lib/http/web-context'

/** Responds to a callback of another service with what `handle` returns. A failure gets a response as under /v1; an internal error is logged as `fault`. */
export async function respondToCallback(fault: string, handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle()
  } catch (error) {
    if (!(error instanceof AppError)) webContext().log.error({ err: error }, fault)
    const refusal = renderError('v1', error)
    return new Response(refusal.body, refusal)
  }
}
