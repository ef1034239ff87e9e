import { rollEndpointSecret } from '@/lib/actions/change-endpoint'
import { apiRoute, operation } from '@/lib/http/api-route'
import { rollEndpointSecret as contract } from '@/lib/http/contract/endpoint-contracts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(
    contract,
    ({ ctx, caller: { applicationId }, who, path, parameters: { overlap_seconds: overlapSeconds } }) =>
      ctx.db.transaction(async (tx) => {
        const target = { endpointId: path('endpointId'), applicationId, overlapSeconds }
        return { signing_secret: (await rollEndpointSecret(tx, { ...ctx, who }, target)).signingSecret }
      }),
  ),
])
