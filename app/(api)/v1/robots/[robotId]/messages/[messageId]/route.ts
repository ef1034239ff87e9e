import { apiRoute, operation } from '@/lib/http/api-route'
import { presentMessage } from '@/lib/http/present-message'
import { noParameters } from '@/lib/http/robots-parameters'
import { getMessageOrThrow } from '@/lib/message/get-message'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

// Extension: what became of a message, A11.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', {
  GET: operation({
    parameters: noParameters,
    async run({ ctx, caller, path }) {
      const { applicationId } = caller
      const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
      const message = await getMessageOrThrow(ctx.db, { robotId: robot.id, messageId: path('messageId') })
      return { message: presentMessage(message) }
    },
  }),
})
