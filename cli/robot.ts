import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import { listRobots } from '@/lib/robot/list-robots'
import { updateRobot } from '@/lib/robot/update-robot'
import { readNumber } from './read-option'
import { actOn } from './run-command'

/** `robot list` and `robot update`. Spec: decisions D. */
export function robotCommand(): Command {
  const list = new Command('list').option('--application <id>', 'only its robots')
  const update = new Command('update')
    .requiredOption('--robot <id>', 'which one')
    .option('--send-rate <n>', 'messages a minute, 0 = as fast as WeChat takes them', readNumber)
  return new Command('robot')
    .description('WeChat accounts')
    .addCommand(
      actOn<{ application?: string }>(list, async (tx, { application: applicationId }) => ({
        robots: await listRobots(tx, { applicationId }),
      })),
    )
    .addCommand(
      actOn<{ robot: string; sendRate?: number }>(update, async (tx, options) => {
        const { robot: robotId, sendRate: sendRatePerMinute } = options
        const robot = await updateRobot(tx, { robotId, sendRatePerMinute })
        const detail = { sendRatePerMinute }
        await recordAudit(tx, { actor: 'cli', action: 'robot.update', targetId: robotId, detail })
        return { robot }
      }),
    )
}
