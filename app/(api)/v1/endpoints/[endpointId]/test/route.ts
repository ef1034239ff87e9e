import { testAndRecord } from '@/lib/actions/change-endpoint'
import { apiRoute, operation } from '@/lib/http/api-route'
import { testEndpoint } from '@/lib/http/contract/endpoint-contracts'
import { readEndpointRef } from '@/lib/http/present-endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(testEndpoint, ({ ctx, caller: { applicationId }, who, path }) =>
    ctx.db.transaction(async (tx) => {
      const endpoint = readEndpointRef(applicationId, path('endpointId'))
      return { event_id: (await testAndRecord(tx, { who }, endpoint)).eventId }
    }),
  ),
])
