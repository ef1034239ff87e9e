import { Command } from 'commander'
import { issueToken } from '@/lib/application/issue-token'
import { listTokens } from '@/lib/application/list-tokens'
import { revokeToken } from '@/lib/application/revoke-token'
import { defaultOverlapSeconds } from '@/lib/application/overlap'
import { rollToken } from '@/lib/application/roll-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { readDate, readDuration, readName, readNumber } from './read-option'
import { actOn, type Act } from './run-command'
import { openSealer } from './open-sealer'

/** `token list`, `token issue`, `token roll` and `token revoke`. Spec: decisions D. */
export function tokenCommand(): Command {
  const list = new Command('list').requiredOption('--application <id>', 'whose')
  const issue = new Command('issue')
    .requiredOption('--application <id>', 'whose')
    .option('--name <name>', 'its name', readName, 'cli')
    .option('--expires-at <time>', 'ISO 8601; never unless told', readDate)
    .option('--rate-limit <n>', 'requests a minute, 0 = no limit; 600 unless told', readNumber)
  const roll = new Command('roll')
    .description('issue a new one in its place')
    .requiredOption('--token-id <id>', 'which one')
    .option('--overlap <time>', 'how long both work: 45s, 30m, 24h, 7d', readDuration, defaultOverlapSeconds)
    .option('--expires-at <time>', 'of the new one, ISO 8601; never unless told', readDate)
  const revoke = new Command('revoke').requiredOption('--token-id <id>', 'which one')
  return new Command('token')
    .description('access tokens')
    .addCommand(actOn(list, listThem))
    .addCommand(actOn(issue, issueOne))
    .addCommand(actOn(roll, rollOne))
    .addCommand(actOn(revoke, revokeOne))
}

const listThem: Act<{ application: string }> = async (tx, { application: applicationId }) => ({
  tokens: await listTokens(tx, { applicationId }),
})

const issueOne: Act<{ application: string; name: string; expiresAt?: Date; rateLimit?: number }> = async (
  tx,
  given,
) => {
  const { application: applicationId, name, expiresAt, rateLimit: rateLimitPerMinute } = given
  const issued = await issueToken(tx, { applicationId, name, expiresAt: expiresAt ?? null, rateLimitPerMinute })
  const detail = { applicationId, name, expiresAt, rateLimitPerMinute }
  await recordAudit(tx, { actor: 'cli', action: 'token.issue', targetId: issued.tokenId, detail })
  return issued
}

const rollOne: Act<{ tokenId: string; overlap: number; expiresAt?: Date }> = async (tx, given) => {
  const { tokenId: oldId, overlap: overlapSeconds, expiresAt } = given
  const rolled = await rollToken(tx, {
    sealer: openSealer(),
    tokenId: oldId,
    overlapSeconds,
    expiresAt: expiresAt ?? null,
  })
  const { applicationId, tokenId, token, oldEndsAt } = rolled
  const detail = { applicationId, newTokenId: tokenId, overlapSeconds, expiresAt }
  await recordAudit(tx, { actor: 'cli', action: 'token.roll', targetId: oldId, detail })
  return { tokenId, token, oldEndsAt }
}

const revokeOne: Act<{ tokenId: string }> = async (tx, { tokenId }) => {
  const { applicationId } = await revokeToken(tx, { tokenId })
  await recordAudit(tx, { actor: 'cli', action: 'token.revoke', targetId: tokenId, detail: { applicationId } })
  return { tokenId }
}
