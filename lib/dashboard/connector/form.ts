import { z } from 'zod'
import { connectorName, connectorSecrets, connectorSettings, newConnector } from '@/lib/connector/connector-types'

const applicationIds = z.array(z.string().min(1).max(64)).max(500)

export const connectorForm = z.intersection(newConnector, z.object({ applicationIds }))

/** "": unchanged, because a stored secret is never shown. */
const unlessEmpty = <Secret extends z.ZodType>(secret: Secret) =>
  z.union([z.literal('').transform(() => undefined), secret]).optional()

const { agentSecret, callbackToken, callbackAesKey } = connectorSecrets.wecom.shape

/** `type` is that of the connector, which never changes. Fields without a value are unchanged. */
export const connectorChange = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('wecom'),
    name: connectorName.optional(),
    settings: connectorSettings.wecom.optional(),
    secrets: z
      .object({
        agentSecret: unlessEmpty(agentSecret),
        callbackToken: unlessEmpty(callbackToken),
        callbackAesKey: unlessEmpty(callbackAesKey),
      })
      .optional(),
    isAssistant: z.boolean().optional(),
    applicationIds: applicationIds.optional(),
  }),
  z.object({
    type: z.literal('gateway'),
    name: connectorName.optional(),
    settings: connectorSettings.gateway.optional(),
    secrets: z.object({ token: unlessEmpty(connectorSecrets.gateway.shape.token) }).optional(),
    applicationIds: applicationIds.optional(),
  }),
])

/** A customer group that is put into the pool, or taken out. */
export const poolChange = z.object({
  chatId: z
    .string()
    .trim()
    .regex(/^[\w-]{1,128}$/),
  isIn: z.boolean(),
})
