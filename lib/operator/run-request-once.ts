import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operatorRequests } from '@/lib/db/schema/operator'
import { AppError } from '@/lib/errors'
import type { Logger } from '@/lib/logger'
import type { Sealer } from '@/lib/secret'

const pollMs = 100
/** Maximum run time of a change; a request that runs longer counts as crashed. */
const maxRunSeconds = 60

type Request = { operatorId: string; key: string; fingerprint: string }
type Context = { db: Db; sealer: Sealer; log: Logger }

/**
 * Runs a change once per operator and key: a repeated request within 24 h waits for the first and returns its response, even in another process.
 * After a refusal the same key can be used again.
 * @throws ILLEGAL_ACTION when the key belongs to another request or the response was deleted; OUTCOME_UNKNOWN when it is unknown whether the first
 * request made its change.
 */
export async function runRequestOnce(
  context: Context,
  request: Request,
  run: () => Promise<unknown>,
): Promise<unknown> {
  for (;;) {
    if (await claimRequest(context.db, request)) return runClaimed(context, request, run)
    const known = await readRequest(context.db, request)
    if (!known) continue
    if (known.fingerprint !== request.fingerprint)
      throw new AppError('ILLEGAL_ACTION', { reason: 'submitted_with_other_values' })
    if (known.state === 'done') {
      if (known.isExpired || known.responseSealed === null)
        throw new AppError('ILLEGAL_ACTION', { reason: 'already_submitted' })
      return JSON.parse(context.sealer.open(known.responseSealed, sealContext(request)))
    }
    if (known.state === 'unknown' || known.isAbandoned)
      throw new AppError('OUTCOME_UNKNOWN', { reason: 'first_attempt_unknown' })
    await wait(pollMs)
  }
}

const isOf = ({ operatorId, key }: Request) =>
  and(eq(operatorRequests.operatorId, operatorId), eq(operatorRequests.key, key))
const sealContext = ({ operatorId, key }: Request) => `request:${operatorId}:${key}`

/** Claims the key if it is new or older than 24 h. The unique index decides between concurrent requests. */
async function claimRequest(db: Db, { operatorId, key, fingerprint }: Request): Promise<boolean> {
  const claimed = await db
    .insert(operatorRequests)
    .values({ operatorId, key, fingerprint })
    .onConflictDoUpdate({
      target: [operatorRequests.operatorId, operatorRequests.key],
      set: { fingerprint, state: 'running', responseSealed: null, createdAt: sql`clock_timestamp()`, finishedAt: null },
      setWhere: lt(operatorRequests.createdAt, sql`clock_timestamp() - make_interval(hours => ${requestHours})`),
    })
    .returning({ key: operatorRequests.key })
  return claimed.length > 0
}

async function readRequest(db: Db, request: Request) {
  const [known] = await db
    .select({
      fingerprint: operatorRequests.fingerprint,
      state: operatorRequests.state,
      responseSealed: operatorRequests.responseSealed,
      isExpired: sql<boolean>`coalesce(${operatorRequests.finishedAt} < clock_timestamp() - make_interval(mins => ${responseMinutes}), false)`,
      isAbandoned: sql<boolean>`${operatorRequests.createdAt} < clock_timestamp() - make_interval(secs => ${maxRunSeconds})`,
    })
    .from(operatorRequests)
    .where(isOf(request))
  return known
}

async function runClaimed(
  { db, sealer, log }: Context,
  request: Request,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const settle = (fields: { state: 'done' | 'unknown'; responseSealed?: string }) =>
    db
      .update(operatorRequests)
      .set({ ...fields, finishedAt: sql`clock_timestamp()` })
      .where(isOf(request))
  let response: unknown
  try {
    response = (await run()) ?? {}
  } catch (error) {
    // A refusal changed nothing. Any other error may have occurred after the change.
    const isRefusal = error instanceof AppError && error.code !== 'OUTCOME_UNKNOWN'
    await (isRefusal ? db.delete(operatorRequests).where(isOf(request)) : settle({ state: 'unknown' }))
    throw error
  }
  const responseSealed = sealer.seal(JSON.stringify(response), sealContext(request))
  // The change is made: the operator must receive its response even if it cannot be stored for a repetition.
  await settle({ state: 'done', responseSealed }).catch((error: unknown) =>
    log.error({ err: error }, 'response of an operator request was not stored'),
  )
  return response
}

/** Hours in which a repetition of an operator's request is recognized. */
const requestHours = 24
/** Minutes for which a response is kept for a repetition; short, because it may contain a secret. */
const responseMinutes = 10

/** Deletes a batch of requests older than 24 h and the responses older than 10 minutes; returns the number of changed rows. */
export async function deleteOldRequests(db: Db, { batchSize }: { batchSize: number }): Promise<number> {
  const { operatorId, key, createdAt, finishedAt, responseSealed } = operatorRequests
  const idOf = sql`(${operatorId}, ${key})`
  const old = db
    .select({ operatorId, key })
    .from(operatorRequests)
    .where(lt(createdAt, sql`clock_timestamp() - make_interval(hours => ${requestHours})`))
    .limit(batchSize)
  const deleted = await db.delete(operatorRequests).where(inArray(idOf, old)).returning({ key })
  const isOver = lt(finishedAt, sql`clock_timestamp() - make_interval(mins => ${responseMinutes})`)
  const forgotten = await db
    .update(operatorRequests)
    .set({ responseSealed: null })
    .where(and(isNotNull(responseSealed), isOver))
    .returning({ key })
  return deleted.length + forgotten.length
}
