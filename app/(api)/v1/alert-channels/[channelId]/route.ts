import { changeAlertChannel, removeAlertChannel } from '@/lib/actions/change-alert-channel'
import { apiRoute, operation } from '@/lib/http/api-route'
import { removeAlertChannel as removeContract, updateAlertChannel } from '@/lib/http/contract/alert-contracts'
import { presentChannel, readChange } from '@/lib/http/present-alert'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(updateAlertChannel, ({ ctx, caller: { applicationId }, who, parameters, path }) =>
    ctx.db.transaction(async (tx) => {
      const change = readChange(parameters)
      const target = { channelId: path('channelId'), applicationId, change }
      return { channel: presentChannel(await changeAlertChannel(tx, { ...ctx, who }, target)) }
    }),
  ),
  operation(removeContract, ({ ctx, caller: { applicationId }, who, path }) =>
    ctx.db.transaction(async (tx) => {
      const channel = await removeAlertChannel(tx, { who }, { channelId: path('channelId'), applicationId })
      return { channel: presentChannel(channel) }
    }),
  ),
])
