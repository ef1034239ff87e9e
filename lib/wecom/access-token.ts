import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { wecomCompanies } from '@/lib/db/schema/wecom'
import type { Sealer } from '@/lib/secret'

/** The access token of a company, shared by all workers. */
export type StoredAccess = {
  /** Increases at each result; a renewal is claimed for the one that was read. */
  version: number
  /** null: none, expired, or of other credentials. */
  token: string | null
  /** Milliseconds until it expires. */
  leftMs: number
  /** WeCom refused these credentials a short time ago. null: no. */
  refusal: { errcode: number; message: string } | null
}

const sealContext = (connectorId: string) => `wecom.access:${connectorId}`
/** After a refusal no worker asks again for this time. */
const refusalSeconds = 30
/** A worker that claimed a renewal and died is replaced after this time. */
const claimSeconds = 20

/** Reads the shared token. `credentialsHash`: what it must belong to. */
export async function readAccess(
  db: Db,
  { sealer, connectorId, credentialsHash }: { sealer: Sealer; connectorId: string; credentialsHash: string },
): Promise<StoredAccess> {
  const [row] = await db
    .select({
      version: wecomCompanies.version,
      hash: wecomCompanies.credentialsHash,
      sealed: wecomCompanies.accessTokenSealed,
      leftMs: sql<number>`coalesce(extract(epoch from ${wecomCompanies.tokenExpiresAt} - clock_timestamp()) * 1000, 0)::float8`,
      refusal: wecomCompanies.refusal,
      isRefusalFresh: sql<boolean>`coalesce(${wecomCompanies.refusedAt} > clock_timestamp() - make_interval(secs => ${refusalSeconds}), false)`,
    })
    .from(wecomCompanies)
    .where(eq(wecomCompanies.connectorId, connectorId))
  const isSame = row?.hash === credentialsHash
  const isValid = row && isSame && row.sealed && row.leftMs > 0
  return {
    version: row?.version ?? 0,
    token: isValid && row.sealed ? sealer.open(row.sealed, sealContext(connectorId)) : null,
    leftMs: isValid ? row.leftMs : 0,
    refusal: row && isSame && row.isRefusalFresh ? row.refusal : null,
  }
}

/** Claims the next renewal for the caller; false: another worker renews, or has renewed since `version` was read. */
export async function claimRenewal(
  db: Db,
  { connectorId, version }: { connectorId: string; version: number },
): Promise<boolean> {
  await db.insert(wecomCompanies).values({ connectorId }).onConflictDoNothing()
  const claimed = await db
    .update(wecomCompanies)
    .set({ renewingUntil: sql`clock_timestamp() + make_interval(secs => ${claimSeconds})` })
    .where(
      and(
        eq(wecomCompanies.connectorId, connectorId),
        eq(wecomCompanies.version, version),
        or(isNull(wecomCompanies.renewingUntil), lt(wecomCompanies.renewingUntil, sql`clock_timestamp()`)),
      ),
    )
    .returning({ connectorId: wecomCompanies.connectorId })
  return claimed.length > 0
}

/** Stores a new token for all workers, sealed, and ends the renewal. */
export async function storeToken(
  db: Db,
  input: { sealer: Sealer; connectorId: string; credentialsHash: string; token: string; lifeSeconds: number },
): Promise<void> {
  const { sealer, connectorId, credentialsHash, token, lifeSeconds } = input
  await endRenewal(db, connectorId, {
    credentialsHash,
    accessTokenSealed: sealer.seal(token, sealContext(connectorId)),
    tokenExpiresAt: sql`clock_timestamp() + make_interval(secs => ${lifeSeconds})`,
    refusal: null,
    refusedAt: null,
  })
}

/** Stores that WeCom refused the credentials, so that no other worker asks again at once. */
export async function storeRefusal(
  db: Db,
  input: { connectorId: string; credentialsHash: string; refusal: { errcode: number; message: string } },
): Promise<void> {
  const { connectorId, credentialsHash, refusal } = input
  await endRenewal(db, connectorId, {
    credentialsHash,
    accessTokenSealed: null,
    tokenExpiresAt: null,
    refusal,
    refusedAt: sql`clock_timestamp()`,
  })
}

/** Ends a renewal that brought no result, so that another worker may try. */
export async function releaseRenewal(db: Db, { connectorId }: { connectorId: string }): Promise<void> {
  await db.update(wecomCompanies).set({ renewingUntil: null }).where(eq(wecomCompanies.connectorId, connectorId))
}

async function endRenewal(db: Db, connectorId: string, columns: object): Promise<void> {
  await db
    .update(wecomCompanies)
    .set({ ...columns, renewingUntil: null, version: sql`${wecomCompanies.version} + 1` })
    .where(eq(wecomCompanies.connectorId, connectorId))
}
