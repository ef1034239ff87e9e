import { eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { newId } from '@/lib/id'
import { newAccessToken, newSigningSecret, type Sealer } from '@/lib/secret'
import { storeToken } from '@/lib/application/issue-token'

type NewApplication = {
  sealer: Sealer
  name: string
  callbackUrl: string | null
  roomScope?: RoomScope | undefined
  eventTypes?: CallbackEventType[] | undefined
}

/**
 * Creates an application with its first token, which callbacks repeat, and its signing secret. Both are returned only once:
 * the token is stored as a hash and, for callbacks, sealed; the secret is stored sealed.
 */
export async function createApplication(
  tx: Tx,
  options: NewApplication,
): Promise<{ applicationId: string; tokenId: string; token: string; signingSecret: string }> {
  const applicationId = newId('application')
  const token = newAccessToken()
  const signingSecret = newSigningSecret()
  await tx.insert(applications).values({
    id: applicationId,
    name: options.name,
    callbackUrl: options.callbackUrl,
    roomScope: options.roomScope,
    eventTypes: options.eventTypes,
    signingSecretSealed: options.sealer.seal(signingSecret, `application.signing:${applicationId}`),
    callbackTokenSealed: options.sealer.seal(token, `application.callback:${applicationId}`),
  })
  const { tokenId } = await storeToken(tx, token, { applicationId, name: 'default' })
  await tx.update(applications).set({ callbackTokenId: tokenId }).where(eq(applications.id, applicationId))
  return { applicationId, tokenId, token, signingSecret }
}
