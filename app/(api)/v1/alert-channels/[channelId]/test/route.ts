import { requestAlertTest } from '@/lib/actions/change-alert-channel'
import { apiRoute, operation } from '@/lib/http/api-route'
import { testAlertChannel } from '@/lib/http/contract/alert-contracts'
import { presentChannel } from '@/lib/http/present-alert'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(testAlertChannel, async ({ ctx, caller: { applicationId }, who, path }) => {
    const channel = await requestAlertTest(ctx, { who }, { channelId: path('channelId'), applicationId })
    return { channel: presentChannel(channel) }
  }),
])
