import { createAlertChannel, throwNamed } from '@/lib/actions/change-alert-channel'
import { channelFields } from '@/lib/alert/channel-fields'
import { listChannels } from '@/lib/alert/find-channel'
import { apiRoute, operation } from '@/lib/http/api-route'
import { createAlertChannel as createContract, listAlertChannels } from '@/lib/http/contract/alert-contracts'
import { presentChannel, readChannel } from '@/lib/http/present-alert'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { newSigningSecret } from '@/lib/secret'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listAlertChannels, async ({ ctx, caller: { applicationId } }) => ({
    channels: (await listChannels(ctx.db, { applicationId })).map(presentChannel),
  })),
  operation(createContract, ({ ctx, caller: { applicationId }, who, parameters }) =>
    ctx.db.transaction(async (tx) => {
      const { type, secret, robot_id: robotId } = parameters
      if (robotId) await getRobotOrThrow(tx, { applicationId, robotId })
      const signingSecret = type === 'webhook' ? secret || newSigningSecret() : ''
      const given = readChannel(type === 'webhook' ? { ...parameters, secret: signingSecret } : parameters)
      const parsed = channelFields.safeParse(given)
      const fields = parsed.success ? parsed.data : throwNamed(parsed.error)
      const channel = await createAlertChannel(tx, { ...ctx, who }, { applicationId, fields })
      return { channel: presentChannel(channel), signing_secret: signingSecret }
    }),
  ),
])
