import { Command } from 'commander'
import { issueToken } from '@/lib/application/issue-token'
import { listTokens } from '@/lib/application/list-tokens'
import { revokeToken } from '@/lib/application/revoke-token'
import { defaultOverlapSeconds } from '@/lib/application/overlap'
import { rotateToken } from '@/lib/application/rotate-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { readDate, readDuration, readName, readNumber } from '@/cli/read-option'
import { openSealer } from '@/cli/open-sealer'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = {
  tokens: ['id', 'name', 'state', 'lastFour', 'rateLimitPerMinute', 'expiresAt', 'lastUsedAt', 'isInCallbacks'],
}

/** `token list`, `issue`, `roll` and `revoke`. Spec: D4 (commands). */
export function tokenCommand(): Command {
  const list = new Command('list').description('list tokens').requiredOption('--application <id>', 'application id')
  const issue = new Command('issue')
    .description('issue a token; it is shown only once')
    .requiredOption('--application <id>', 'application id')
    .option('--name <name>', 'name of the token', readName, 'cli')
    .option('--expires-at <time>', 'expiry, ISO 8601 (default: never)', readDate)
    .option('--rate-limit <n>', 'requests per minute; 0: no limit (default: 600)', readNumber)
  const roll = new Command('roll')
    .description('rotate a token: issue a replacement')
    .requiredOption('--token-id <id>', 'token id')
    .option(
      '--overlap <time>',
      'time in which both tokens work: 45s, 30m, 24h, 7d',
      readDuration,
      defaultOverlapSeconds,
    )
    .option('--expires-at <time>', 'expiry of the new token, ISO 8601 (default: never)', readDate)
  const revoke = new Command('revoke')
    .description('revoke a token immediately')
    .requiredOption('--token-id <id>', 'token id')
  const token = new Command('token')
    .description('manage access tokens')
    .addCommand(withAction(list, runList, columns))
    .addCommand(withAction(issue, runIssue))
    .addCommand(withAction(roll, runRoll))
    .addCommand(withAction(revoke, runRevoke))
  return withExamples(
    token,
    'token issue --application app_… --name till --expires-at 2027-12-31T00:00:00Z --rate-limit 60',
    'token roll --token-id tok_… --overlap 24h',
  )
}

const runList: Action<{ application: string }> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  return { tokens: await listTokens(tx, { applicationId }) }
}

const runIssue: Action<{ application: string; name: string; expiresAt?: Date; rateLimit?: number }> = async (
  tx,
  options,
) => {
  const { application: applicationId, name, expiresAt, rateLimit: rateLimitPerMinute } = options
  await requireApplication(tx, applicationId)
  const issued = await issueToken(tx, { applicationId, name, expiresAt: expiresAt ?? null, rateLimitPerMinute })
  const detail = { applicationId, name, expiresAt, rateLimitPerMinute }
  await recordAudit(tx, { actor: 'cli', action: 'token.issue', targetId: issued.tokenId, detail })
  return issued
}

const runRoll: Action<{ tokenId: string; overlap: number; expiresAt?: Date }> = async (tx, options) => {
  const { tokenId: oldId, overlap: overlapSeconds, expiresAt } = options
  const rotated = await rotateToken(tx, {
    sealer: openSealer(),
    tokenId: oldId,
    overlapSeconds,
    expiresAt: expiresAt ?? null,
  })
  const { applicationId, tokenId, token, oldEndsAt } = rotated
  const detail = { applicationId, newTokenId: tokenId, overlapSeconds, expiresAt }
  await recordAudit(tx, { actor: 'cli', action: 'token.roll', targetId: oldId, detail })
  return { tokenId, token, oldEndsAt }
}

const runRevoke: Action<{ tokenId: string }> = async (tx, { tokenId }) => {
  const { applicationId, wasRevoked } = await revokeToken(tx, { tokenId })
  if (!wasRevoked)
    await recordAudit(tx, { actor: 'cli', action: 'token.revoke', targetId: tokenId, detail: { applicationId } })
  return { tokenId }
}
