import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import type { Tx } from '@/lib/db/client'
import { setAssistantCode } from '@/lib/robot/assistant-code'
import { listRobots } from '@/lib/robot/list-robots'
import { listCompanions, setCompanions } from '@/lib/robot/set-companions'
import { updateRobot } from '@/lib/robot/update-robot'
import { readBoolean, readName, readPercent, readRate } from './read-option'
import { actOn } from './run-command'

type Change = {
  robot: string
  sendRate?: number
  sendJitter?: number
  assistant?: boolean
  companion?: string[]
  qr?: string
}

/** `robot list` and `robot update`. Spec: decisions D. */
export function robotCommand(): Command {
  const list = new Command('list').option('--application <id>', 'only its robots')
  const collect = (name: string, before: string[] = []) => [...before, readName(name)]
  const update = new Command('update')
    .requiredOption('--robot <id>', 'which one')
    .option('--send-rate <n>', 'messages a minute, 0 = as fast as WeChat takes them', readRate)
    .option('--send-jitter <percent>', 'so much more or less lies between two messages, 0 to 50', readPercent)
    .option('--assistant <true|false>', 'whether it makes quns (群助手)', readBoolean)
    .option('--companion <name>', 'nickname or remark of a contact that new rooms begin with; repeatable', collect)
    .option('--qr <file>', "a picture of the account's own QR code, for join pages")
  return new Command('robot')
    .description('WeChat accounts')
    .addCommand(
      actOn<{ application?: string }>(list, async (tx, { application: applicationId }) => ({
        robots: await listRobots(tx, { applicationId }),
      })),
    )
    .addCommand(actOn<Change>(update, change))
}

async function change(
  tx: Tx,
  { robot: robotId, sendRate, sendJitter, assistant: isAssistant, companion: names, qr }: Change,
) {
  const pace = { sendRatePerMinute: sendRate, sendJitterPercent: sendJitter }
  const robot = await updateRobot(tx, { robotId, ...pace, isAssistant })
  if (names) await setCompanions(tx, { robotId, names })
  if (qr) await setAssistantCode(tx, { robotId, bytes: await readFile(qr) })
  const detail = { ...pace, isAssistant, companions: names, ...(qr && { hasNewCode: true }) }
  await recordAudit(tx, { actor: 'cli', action: 'robot.update', targetId: robotId, detail })
  return { robot, companions: (await listCompanions(tx, { robotId })).map(({ name }) => name) }
}
