import { Command } from 'commander'
import { changeToken } from '@/lib/application/change-token'
import { issueToken } from '@/lib/application/issue-token'
import { listTokens } from '@/lib/application/list-tokens'
import { revokeToken } from '@/lib/application/revoke-token'
import { defaultOverlapSeconds } from '@/lib/application/overlap'
import { rotateToken } from '@/lib/application/rotate-token'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import type { TokenScope } from '@/lib/db/types'
import {
  readDate,
  readDuration,
  readExpiry,
  readList,
  readName,
  readNetwork,
  readNetworks,
  readNumber,
  readTokenScope,
  readTokenScopes,
} from '@/cli/read-option'
import { openSealer } from '@/cli/open-sealer'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = {
  tokens: [
    'id',
    'name',
    'state',
    'lastFour',
    'rateLimitPerMinute',
    'expiresAt',
    'lastUsedAt',
    'isInCallbacks',
    'scopes',
  ],
}

/** `token list`, `issue`, `update`, `roll` and `revoke`. Spec: D4 (commands). */
export function tokenCommand(): Command {
  const list = new Command('list').description('list tokens').requiredOption('--application <id>', 'application id')
  const issue = new Command('issue')
    .description('issue a token; it is shown only once')
    .requiredOption('--application <id>', 'application id')
    .option('--name <name>', 'name of the token', readName, 'cli')
    .option('--expires-at <time>', 'expiry, ISO 8601 (default: never)', readExpiry)
    .option('--rate-limit <n>', 'requests per minute; 0: no limit (default: 600)', readNumber)
    .option('--scope <scope...>', 'read, send, control (default: all)', readTokenScope)
    .option('--robot <id...>', 'robots that it may be used with (default: all)')
    .option('--allow <network...>', 'addresses or CIDRs from which it is accepted (default: any)', readNetwork)
  const update = new Command('update')
    .description('change the given settings of a token; the token itself stays')
    .requiredOption('--token-id <id>', 'token id')
    .option('--name <name>', 'new name', readName)
    .option('--expires-at <time>', 'expiry, ISO 8601; empty: never', (text) => (text === '' ? null : readDate(text)))
    .option('--rate-limit <n>', 'requests per minute; 0: no limit', readNumber)
    .option('--scopes <a,b>', 'read, send, control, comma-separated', readTokenScopes)
    .option('--robots <a,b>', 'robots that it may be used with, comma-separated; empty: all', readList)
    .option(
      '--networks <a,b>',
      'addresses or CIDRs from which it is accepted, comma-separated; empty: any',
      readNetworks,
    )
  const roll = new Command('roll')
    .description('rotate a token: issue a replacement')
    .requiredOption('--token-id <id>', 'token id')
    .option(
      '--overlap <time>',
      'time in which both tokens work: 45s, 30m, 24h, 7d',
      readDuration,
      defaultOverlapSeconds,
    )
    .option('--expires-at <time>', 'expiry of the new token, ISO 8601 (default: never)', readExpiry)
  const revoke = new Command('revoke')
    .description('revoke a token immediately')
    .requiredOption('--token-id <id>', 'token id')
  const token = new Command('token')
    .description('manage access tokens')
    .addCommand(withAction(list, runList, columns))
    .addCommand(withAction(issue, runIssue))
    .addCommand(withAction(update, runUpdate))
    .addCommand(withAction(roll, runRoll))
    .addCommand(withAction(revoke, runRevoke))
  return withExamples(
    token,
    'token issue --application app_… --name till --expires-at 2027-12-31T00:00:00Z --rate-limit 60',
    'token issue --application app_… --name report --scope read --allow 10.0.0.0/8 203.0.113.7',
    'token update --token-id tok_… --scopes read,send --robots rbt_…,rbt_… --networks=',
    'token roll --token-id tok_… --overlap 24h',
  )
}

const runList: Action<{ application: string }> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  return { tokens: await listTokens(tx, { applicationId }) }
}

type Issue = {
  application: string
  name: string
  expiresAt?: Date
  rateLimit?: number
  scope?: TokenScope[]
  robot?: string[]
  allow?: string[]
}

const runIssue: Action<Issue> = async (tx, options) => {
  const { application: applicationId, name, expiresAt, rateLimit: rateLimitPerMinute } = options
  await requireApplication(tx, applicationId)
  const limits = { scopes: options.scope, robotIds: options.robot, networks: options.allow }
  const token = { applicationId, name, rateLimitPerMinute, ...limits }
  const issued = await issueToken(tx, { ...token, expiresAt: expiresAt ?? null })
  const detail = { ...token, expiresAt }
  await recordAudit(tx, { actor: 'cli', action: 'token.issue', targetId: issued.tokenId, detail })
  return issued
}

type Update = {
  tokenId: string
  name?: string
  expiresAt?: Date | null
  rateLimit?: number
  scopes?: TokenScope[]
  robots?: string[]
  networks?: string[]
}

const runUpdate: Action<Update> = async (tx, options) => {
  const { tokenId, name, expiresAt, rateLimit: rateLimitPerMinute, scopes, robots: robotIds, networks } = options
  const change = { name, expiresAt, rateLimitPerMinute, scopes, robotIds, networks }
  const { applicationId, before, after } = await changeToken(tx, { tokenId, ...change })
  const entry = { actor: 'cli', action: 'token.update', targetId: tokenId, detail: { applicationId } } as const
  await recordChange(tx, { ...entry, before, after })
  return { token: { id: tokenId, ...after } }
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
