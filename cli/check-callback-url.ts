import { checkUrl } from '@/lib/egress/check-url'
import { type EgressPolicy, openEgressPolicy } from '@/lib/egress/create-egress-policy'
import { loadEnvPart } from '@/lib/env'
import { isAccessTokenExposed } from '@/lib/application/is-access-token-exposed'
import type { Db } from '@/lib/db/client'

/**
 * Throws an error that names the option and the reason if this installation would never call a callback URL. Reads the egress
 * settings from the environment of the product, as `npm start` stored it.
 */
export async function refuseCallbackUrl(url: string | undefined): Promise<void> {
  if (!url) return
  const checked = await checkUrl(loadEgressPolicy(), url)
  if (!checked.ok) throw new Error(`--callback-url ${url} ${checked.reason.en}.`)
}

/** Returns the egress policy of this installation, from the environment of the product. */
export function loadEgressPolicy(): EgressPolicy {
  const env = loadEnvPart(
    ...(['DATABASE_URL', 'REDIS_URL', 'WECHAT', 'WECHAT_ORIGIN'] as const),
    ...(['ILINK_ORIGIN', 'WECOM_ORIGIN', 'EGRESS_ALLOW'] as const),
    ...(['OWN_PORTS', 'PORT', 'WORKER_PORT'] as const),
  )
  return openEgressPolicy(env)
}

/** Warns on stderr if callbacks send an access token over plain http, and names the command that prevents it. */
export async function warnExposedToken(
  db: Db,
  { application, json }: { application: string; json?: boolean | undefined },
): Promise<void> {
  if (json || !(await isAccessTokenExposed(db, { applicationId: application }))) return
  console.error(
    'Warning: callbacks to an http:// URL carry a token that opens the API, unencrypted. Use https://, or a callback-only token:\n' +
      `  npm run -s cli -- application callback-token --application ${application}`,
  )
}
