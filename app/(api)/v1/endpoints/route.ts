import { addEndpoint } from '@/lib/actions/change-endpoint'
import { measureBacklogs } from '@/lib/callback/endpoint/health'
import { listEndpointsOf } from '@/lib/callback/endpoint/list-endpoints'
import { apiRoute, operation } from '@/lib/http/api-route'
import { createEndpoint, listEndpoints } from '@/lib/http/contract/endpoint-contracts'
import { presentEndpoint, presentEndpointHealth, readEndpoint } from '@/lib/http/present-endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listEndpoints, async ({ ctx: { db }, caller: { applicationId } }) => {
    const endpoints = (await listEndpointsOf(db, { applicationId })).filter(({ url }) => url !== null)
    const backlogs = await measureBacklogs(db, { endpoints })
    return { endpoints: endpoints.map((endpoint) => presentEndpointHealth(endpoint, backlogs.get(endpoint.id))) }
  }),
  operation(createEndpoint, ({ ctx, caller: { applicationId }, who, parameters }) =>
    ctx.db.transaction(async (tx) => {
      const input = { applicationId, fields: readEndpoint(parameters) }
      const { endpoint, signingSecret } = await addEndpoint(tx, { ...ctx, who }, input)
      return { endpoint: presentEndpoint(endpoint), signing_secret: signingSecret }
    }),
  ),
])
