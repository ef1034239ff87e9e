import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import { changePassword } from '@/lib/operator/change-operator'
import { createOperator, newPassword } from '@/lib/operator/create-operator'
import { listOperators, type OperatorRole } from '@/lib/operator/list-operators'
import { minPasswordLength } from '@/lib/operator/password-length'
import { readEmail, readRole } from '@/cli/read-option'
import { withAction, withExamples } from '@/cli/run-command'

type OperatorOptions = { email: string; role?: OperatorRole; passwordStdin?: boolean }

const columns = { operators: ['email', 'role', 'lastSignInAt', 'createdAt'] }

/** `operator list`, `create` and `password`; a generated password is printed only once. Spec: D4 (commands). */
export function operatorCommand(): Command {
  const list = new Command('list').description('list operators')
  const create = new Command('create')
    .description('create an operator; a generated password is shown only once')
    .option('--role <admin|viewer>', 'role', readRole, 'admin')
  const password = new Command('password').description('set a new password; a generated one is shown only once')
  for (const command of [create, password])
    command
      .requiredOption('--email <email>', 'email address of the operator', readEmail)
      .option('--password-stdin', 'read the password from standard input')
  const operator = new Command('operator')
    .description('manage operators of the dashboard')
    .addCommand(withAction(list, async (tx) => ({ operators: await listOperators(tx) }), columns))
    .addCommand(
      withAction<OperatorOptions>(create, async (tx, { email, role, passwordStdin }) => {
        const chosen = await choosePassword(passwordStdin)
        const { operatorId } = await createOperator(tx, { email, role, password: chosen.password })
        await recordAudit(tx, {
          actor: 'cli',
          action: 'operator.create',
          targetId: operatorId,
          detail: { email, role },
        })
        return { operatorId, email, role, ...chosen.generated }
      }),
    )
    .addCommand(
      withAction<OperatorOptions>(password, async (tx, { email, passwordStdin }) => {
        const chosen = await choosePassword(passwordStdin)
        const { operatorId, endedSessions } = await changePassword(tx, { email, password: chosen.password })
        const detail = { email, endedSessions }
        await recordAudit(tx, { actor: 'cli', action: 'operator.password', targetId: operatorId, detail })
        return { operatorId, email, ...chosen.generated }
      }),
    )
  return withExamples(
    operator,
    'operator create --email op@example.com --role viewer',
    'operator password --email op@example.com --password-stdin < file',
  )
}

async function choosePassword(isOnStdin: boolean | undefined): Promise<{ password: string; generated: object }> {
  if (!isOnStdin) {
    const password = newPassword()
    return { password, generated: { password } }
  }
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password.length < minPasswordLength)
    throw new Error(`The password must have at least ${minPasswordLength} characters.`)
  return { password, generated: {} }
}
