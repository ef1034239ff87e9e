import { apiRoute, operation } from '@/lib/http/api-route'
import { showQunPoster as contract } from '@/lib/http/contract/poster-contracts'
import { findQunOrThrow } from '@/lib/qun/get-qun'
import { posterLink } from '@/lib/qun/qun-link'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller, path }) => {
    const qun = await findQunOrThrow(ctx.db, { reference: path('qunId'), scope: caller })
    return { poster_url: posterLink(ctx.env.PUBLIC_URL, qun.number) }
  }),
])
