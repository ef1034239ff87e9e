import { eq, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { newSigningSecret, type Sealer } from '@/lib/secret'
import { getApplicationOrThrow } from './get-application'

/**
 * Gives an application a new signing secret, told this once. Until the overlap ends callbacks carry a signature of the old
 * one, too; of two rolls within an overlap the first one's old secret ends at once. @throws NOT_FOUND
 */
export async function rollSigningSecret(
  tx: Tx,
  { sealer, applicationId, overlapSeconds }: { sealer: Sealer; applicationId: string; overlapSeconds: number },
): Promise<{ signingSecret: string; oldEndsAt: Date }> {
  await getApplicationOrThrow(tx, { applicationId })
  const signingSecret = newSigningSecret()
  const [rolled] = await tx
    .update(applications)
    .set({
      signingSecretSealed: sealer.seal(signingSecret, `application.signing:${applicationId}`),
      previousSigningSecretSealed: sql`signing_secret_sealed`,
      previousSigningEndsAt: sql`clock_timestamp() + make_interval(secs => ${overlapSeconds})`,
    })
    .where(eq(applications.id, applicationId))
    .returning({ oldEndsAt: applications.previousSigningEndsAt })
  return { signingSecret, oldEndsAt: rolled!.oldEndsAt! }
}
