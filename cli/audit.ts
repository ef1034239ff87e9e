import { Command } from 'commander'
import { verifyAudit } from '@/lib/audit/verify-audit'
import { withAction } from '@/cli/run-command'

/** `audit verify`. Exits with 1 if an entry differs from what was recorded. Spec: D4 (commands). */
export function auditCommand(): Command {
  const verify = new Command('verify')
    .description('check that no entry was changed or removed since it was recorded')
    .option('--head <hash>', 'head hash of an earlier check; detects entries missing at the end')
  return new Command('audit').description('verify the audit log').addCommand(
    withAction<{ head?: string }>(verify, async (tx, { head: knownHead }) => {
      const { count, head, broken } = await verifyAudit(tx, { knownHead })
      if (broken) process.exitCode = 1
      if (!broken) return { isWhole: true, count, head }
      const { sequence, id, at, reason } = broken
      return { isWhole: false, count, head, brokenEntry: sequence, brokenId: id, recordedAt: at, reason }
    }),
  )
}
