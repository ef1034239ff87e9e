import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import type { Sealer } from '@/lib/secret'

/** Opens the secret that signs an application's callbacks now. @throws NOT_FOUND */
export async function showSigningSecret(
  db: Db,
  { sealer, applicationId }: { sealer: Sealer; applicationId: string },
): Promise<{ signingSecret: string }> {
  const [found] = await db
    .select({ sealed: applications.signingSecretSealed })
    .from(applications)
    .where(eq(applications.id, applicationId))
  if (!found) throw new AppError('NOT_FOUND', '应用不存在', { parameter: 'applicationId' })
  return { signingSecret: sealer.open(found.sealed, `application.signing:${applicationId}`) }
}
