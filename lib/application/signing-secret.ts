import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { newSigningSecret, type Sealer } from '@/lib/secret'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { AppError } from '@/lib/errors'

/**
 * Replaces the signing secret and returns the new one. Until the overlap ends, callbacks are signed with both secrets; a
 * second rotation within the overlap ends the oldest secret at once. @throws NOT_FOUND
 */
export async function rotateSigningSecret(
  tx: Tx,
  { sealer, applicationId, overlapSeconds }: { sealer: Sealer; applicationId: string; overlapSeconds: number },
): Promise<{ signingSecret: string; oldEndsAt: Date }> {
  await getApplicationOrThrow(tx, { applicationId })
  const signingSecret = newSigningSecret()
  const [rotated] = await tx
    .update(applications)
    .set({
      signingSecretSealed: sealer.seal(signingSecret, `application.signing:${applicationId}`),
      previousSigningSecretSealed: sql`signing_secret_sealed`,
      previousSigningEndsAt: sql`clock_timestamp() + make_interval(secs => ${overlapSeconds})`,
    })
    .where(eq(applications.id, applicationId))
    .returning({ oldEndsAt: applications.previousSigningEndsAt })
  return { signingSecret, oldEndsAt: rotated!.oldEndsAt! }
}

/** Returns the current signing secret in plain text. @throws NOT_FOUND */
export async function showSigningSecret(
  db: Db,
  { sealer, applicationId }: { sealer: Sealer; applicationId: string },
): Promise<{ signingSecret: string }> {
  const [application] = await db
    .select({ sealed: applications.signingSecretSealed })
    .from(applications)
    .where(eq(applications.id, applicationId))
  if (!application) throw new AppError('NOT_FOUND', { reason: 'application_not_found', parameter: 'applicationId' })
  return { signingSecret: sealer.open(application.sealed, `application.signing:${applicationId}`) }
}
