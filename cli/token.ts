import { Command } from 'commander'
import { issueToken } from '@/lib/application/issue-token'
import { revokeToken } from '@/lib/application/revoke-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { readDate, readName, readNumber } from './read-option'
import { actOn } from './run-command'

type Issue = { application: string; name: string; expiresAt?: Date; rateLimit?: number }

/** `token issue` and `token revoke`. Spec: decisions D. */
export function tokenCommand(): Command {
  const issue = new Command('issue')
    .requiredOption('--application <id>', 'whose')
    .option('--name <name>', 'its name', readName, 'cli')
    .option('--expires-at <time>', 'ISO 8601; never unless told', readDate)
    .option('--rate-limit <n>', 'requests a minute, 0 = no limit', readNumber)
  const revoke = new Command('revoke').requiredOption('--token-id <id>', 'which one')
  return new Command('token')
    .description('access tokens')
    .addCommand(
      actOn<Issue>(issue, async (tx, options) => {
        const { application: applicationId, name, expiresAt, rateLimit: rateLimitPerMinute } = options
        const issued = await issueToken(tx, { applicationId, name, expiresAt: expiresAt ?? null, rateLimitPerMinute })
        const detail = { applicationId, name }
        await recordAudit(tx, { actor: 'cli', action: 'token.issue', targetId: issued.tokenId, detail })
        return issued
      }),
    )
    .addCommand(
      actOn<{ tokenId: string }>(revoke, async (tx, { tokenId }) => {
        await revokeToken(tx, { tokenId })
        await recordAudit(tx, { actor: 'cli', action: 'token.revoke', targetId: tokenId })
        return { tokenId }
      }),
    )
}
