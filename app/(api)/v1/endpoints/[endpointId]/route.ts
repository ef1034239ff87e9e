import { changeEndpoint, dropEndpoint } from '@/lib/actions/change-endpoint'
import { apiRoute, operation } from '@/lib/http/api-route'
import { removeEndpoint, updateEndpoint } from '@/lib/http/contract/endpoint-contracts'
import { presentEndpoint, readEndpointChange } from '@/lib/http/present-endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(updateEndpoint, ({ ctx, caller: { applicationId }, who, parameters, path }) =>
    ctx.db.transaction(async (tx) => {
      const target = { endpointId: path('endpointId'), applicationId, change: readEndpointChange(parameters) }
      return { endpoint: presentEndpoint(await changeEndpoint(tx, { ...ctx, who }, target)) }
    }),
  ),
  operation(removeEndpoint, ({ ctx, caller: { applicationId }, who, path }) =>
    ctx.db.transaction(async (tx) => {
      const endpoint = await dropEndpoint(tx, { who }, { endpointId: path('endpointId'), applicationId })
      return { endpoint: presentEndpoint(endpoint) }
    }),
  ),
])
