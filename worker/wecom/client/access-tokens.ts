import { createHash } from 'node:crypto'
import { type Agent, fetch } from 'undici'
import { z } from 'zod'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import type { Db } from '@/lib/db/client'
import { sleep } from '@/lib/retry'
import type { Sealer } from '@/lib/secret'
import { claimRenewal, readAccess, releaseRenewal, storeRefusal, storeToken } from '@/lib/wecom/access-token'
import { recordSeenAddress } from '@/lib/wecom/seen-addresses'
import { describeFetchError, isRefused, WecomError } from '@/worker/wecom/client/wecom-error'
import { placeUrl, readJson } from '@/worker/wecom/client/wire'

const requestTimeoutMs = 10_000
/** A token is not used in its last minutes: a call may take some time, and clocks differ. */
const marginMs = 5 * 60_000
/** How long a worker uses a token without reading the shared row. */
const rememberMs = 60_000
const pauseMs = 150
/** Maximum wait for the renewal by another worker. */
const maxWaitMs = 25_000

const tokenResponse = z.object({ access_token: z.string().min(1).max(1000), expires_in: z.number().positive() })

type Options = {
  db: Db
  sealer: Sealer
  /** Connects only to addresses that the egress policy allows. */
  agent: Agent
  wecomOrigin: string | undefined
}
type Company = { connectorId: string; corpId: string; secret: string; hash: string }
type Known = { token: string; untilMs: number }

/**
 * The access tokens of the companies. All workers share one per company through a Postgres row: one worker renews it, the others wait
 * for its result, and a refusal counts for all of them for a short time.
 */
export class AccessTokens {
  readonly #known = new Map<string, Known>()
  readonly #running = new Map<string, Promise<string>>()

  constructor(private readonly options: Options) {}

  /** Returns a valid token other than `stale`. @throws WecomError */
  async get(connectorId: string, { stale, signal }: { stale: string | null; signal: AbortSignal }): Promise<string> {
    const known = this.#known.get(connectorId)
    if (known && known.token !== stale && known.untilMs > performance.now()) return known.token
    // One lookup at a time per company; a waiter with another stale token looks it up again.
    const running = this.#running.get(connectorId)
    if (running) {
      const token = await running
      if (token !== stale) return token
    }
    const run = this.#find(connectorId, stale, signal).finally(() => this.#running.delete(connectorId))
    this.#running.set(connectorId, run)
    return run
  }

  /** Keeps the address under which WeCom sees this worker, for the set-up page; null: WeCom did not say. */
  async noteAddress(connectorId: string, address: string | null): Promise<void> {
    if (address !== null) await recordSeenAddress(this.options.db, { connectorId, address })
  }

  async #find(connectorId: string, stale: string | null, signal: AbortSignal): Promise<string> {
    const { db, sealer } = this.options
    const company = await this.#company(connectorId)
    const endMs = performance.now() + maxWaitMs
    while (performance.now() < endMs && !signal.aborted) {
      const stored = await readAccess(db, { sealer, connectorId, credentialsHash: company.hash })
      if (stored.refusal) throw refusalOf(stored.refusal)
      if (stored.token && stored.token !== stale && stored.leftMs > marginMs) return this.#remember(connectorId, stored)
      if (await claimRenewal(db, { connectorId, version: stored.version })) return this.#renew(company)
      await sleep(pauseMs, signal)
    }
    throw new WecomError('gettoken', 'unanswered', 'no worker renewed the token in time')
  }

  async #renew(company: Company): Promise<string> {
    const { db, sealer } = this.options
    const { connectorId, hash: credentialsHash } = company
    try {
      const { access_token: token, expires_in: lifeSeconds } = await this.#request(company)
      await storeToken(db, { sealer, connectorId, credentialsHash, token, lifeSeconds })
      return this.#remember(connectorId, { token, leftMs: lifeSeconds * 1000 })
    } catch (error) {
      if (isRefused(error))
        await storeRefusal(db, {
          connectorId,
          credentialsHash,
          refusal: { errcode: error.errcode ?? 0, message: error.detail },
        })
      else await releaseRenewal(db, { connectorId })
      throw error
    }
  }

  async #request({ corpId, secret }: Company) {
    const { agent: dispatcher, wecomOrigin } = this.options
    const url = placeUrl('gettoken', wecomOrigin, { corpid: corpId, corpsecret: secret })
    try {
      const response = await fetch(url, {
        dispatcher,
        redirect: 'manual',
        signal: AbortSignal.timeout(requestTimeoutMs),
      })
      const parsed = tokenResponse.safeParse(await readJson(response, 'gettoken'))
      if (!parsed.success) throw new WecomError('gettoken', 'unreadable', 'no access token')
      return parsed.data
    } catch (error) {
      throw describeFetchError('gettoken', error)
    }
  }

  async #company(connectorId: string): Promise<Company> {
    const { db, sealer } = this.options
    const connector = await openConnectorSecrets(db, { sealer, connectorId })
    if (connector?.type !== 'wecom') throw new WecomError('gettoken', 'errcode', 'the connector is gone', 40001)
    const { corpId } = connector.settings
    const { agentSecret: secret } = connector.secrets
    const hash = createHash('sha256')
      .update(JSON.stringify([corpId, secret]))
      .digest('hex')
    return { connectorId, corpId, secret, hash }
  }

  #remember(connectorId: string, { token, leftMs }: { token: string | null; leftMs: number }): string {
    const known = { token: token ?? '', untilMs: performance.now() + Math.min(rememberMs, leftMs - marginMs) }
    this.#known.set(connectorId, known)
    return known.token
  }
}

function refusalOf({ errcode, message }: { errcode: number; message: string }): WecomError {
  return new WecomError('gettoken', 'errcode', message, errcode)
}
