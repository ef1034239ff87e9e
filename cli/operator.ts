import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import { changePassword } from '@/lib/operator/change-password'
import { createOperator } from '@/lib/operator/create-operator'
import { listOperators, type OperatorRole } from '@/lib/operator/list-operators'
import { newPassword } from '@/lib/operator/new-password'
import { minPasswordLength } from '@/lib/operator/password-length'
import { readEmail, readRole } from './read-option'
import { actOn } from './run-command'

type Who = { email: string; role?: OperatorRole; passwordStdin?: boolean }

/** `operator list`, `operator create` and `operator password`; a generated password is printed this once. Spec: decisions D. */
export function operatorCommand(): Command {
  const create = new Command('create').option('--role <admin|viewer>', 'admin unless told', readRole, 'admin')
  const password = new Command('password')
  for (const command of [create, password])
    command
      .requiredOption('--email <email>', 'who', readEmail)
      .option('--password-stdin', 'read the password from standard input')
  return new Command('operator')
    .description('people of the dashboard')
    .addCommand(actOn(new Command('list'), async (tx) => ({ operators: await listOperators(tx) })))
    .addCommand(
      actOn<Who>(create, async (tx, { email, role, passwordStdin }) => {
        const chosen = await choosePassword(passwordStdin)
        const { operatorId } = await createOperator(tx, { email, role, password: chosen.password })
        await recordAudit(tx, {
          actor: 'cli',
          action: 'operator.create',
          targetId: operatorId,
          detail: { email, role },
        })
        return { operatorId, email, role, ...chosen.told }
      }),
    )
    .addCommand(
      actOn<Who>(password, async (tx, { email, passwordStdin }) => {
        const chosen = await choosePassword(passwordStdin)
        const { operatorId } = await changePassword(tx, { email, password: chosen.password })
        await recordAudit(tx, { actor: 'cli', action: 'operator.password', targetId: operatorId, detail: { email } })
        return { operatorId, email, ...chosen.told }
      }),
    )
}

async function choosePassword(isOnStdin: boolean | undefined): Promise<{ password: string; told: object }> {
  if (!isOnStdin) {
    const password = newPassword()
    return { password, told: { password } }
  }
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password.length < minPasswordLength)
    throw new Error(`The password must have at least ${minPasswordLength} characters.`)
  return { password, told: {} }
}
