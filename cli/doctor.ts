import { Command } from 'commander'
import { loadEnvPart } from '@/lib/env'
import { runChecks } from '@/cli/doctor-checks'
import { withLongAction } from '@/cli/run-command'

/** `doctor`: checks database, queue, clock, keys and addresses of this installation. Exits with 1 if a check failed. */
export function doctorCommand(): Command {
  const names = ['REDIS_URL', 'PUBLIC_URL', 'WECHAT', 'WECOM_ORIGIN', 'ENCRYPTION_KEY', 'DATA_DIR'] as const
  return withLongAction(
    new Command('doctor').description('check database, queue, clock, keys and addresses, and say what to change'),
    async (db) => {
      const findings = await runChecks(db, loadEnvPart(...names))
      if (findings.some(({ state }) => state === 'failed')) process.exitCode = 1
      return { findings }
    },
    { findings: ['check', 'state', 'detail'] },
  )
}
