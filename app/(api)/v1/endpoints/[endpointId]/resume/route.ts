import { resumeAndRecord } from '@/lib/actions/change-endpoint'
import { apiRoute, operation } from '@/lib/http/api-route'
import { resumeEndpoint } from '@/lib/http/contract/endpoint-contracts'
import { readEndpointRef } from '@/lib/http/present-endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(resumeEndpoint, ({ ctx, caller: { applicationId }, who, path }) =>
    ctx.db.transaction((tx) => resumeAndRecord(tx, { who }, readEndpointRef(applicationId, path('endpointId')))),
  ),
])
