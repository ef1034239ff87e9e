import { eq, sql } from 'drizzle-orm'
import {
  endpointNotFound,
  type EndpointTarget,
  getAdditionalEndpointOrThrow,
  isTarget,
} from '@/lib/callback/endpoint/find-endpoint'
import type { Db, Tx } from '@/lib/db/client'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { newSigningSecret, type Sealer } from '@/lib/secret'

/**
 * Replaces the signing secret of an additional endpoint and returns the new one. Until the overlap ends, its callbacks are signed with
 * both secrets. @throws NOT_FOUND
 */
export async function rotateEndpointSecret(
  tx: Tx,
  { sealer, overlapSeconds, ...target }: EndpointTarget & { sealer: Sealer; overlapSeconds: number },
): Promise<{ signingSecret: string; oldEndsAt: Date }> {
  const { id } = await getAdditionalEndpointOrThrow(tx, target)
  const signingSecret = newSigningSecret()
  const [rotated] = await tx
    .update(applicationEndpoints)
    .set({
      signingSecretSealed: sealer.seal(signingSecret, `endpoint.signing:${id}`),
      previousSigningSecretSealed: sql`signing_secret_sealed`,
      previousSigningEndsAt: sql`clock_timestamp() + make_interval(secs => ${overlapSeconds})`,
    })
    .where(eq(applicationEndpoints.id, id))
    .returning({ oldEndsAt: applicationEndpoints.previousSigningEndsAt })
  return { signingSecret, oldEndsAt: rotated!.oldEndsAt! }
}

/** Returns the current signing secret of an additional endpoint in plain text. @throws NOT_FOUND */
export async function showEndpointSecret(
  db: Db,
  { sealer, ...target }: EndpointTarget & { sealer: Sealer },
): Promise<{ signingSecret: string }> {
  const [row] = await db
    .select({ id: applicationEndpoints.id, sealed: applicationEndpoints.signingSecretSealed })
    .from(applicationEndpoints)
    .where(isTarget(target))
  if (!row) throw endpointNotFound()
  return { signingSecret: sealer.open(row.sealed, `endpoint.signing:${row.id}`) }
}
