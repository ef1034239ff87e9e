import { Command } from 'commander'
import { changeGroupPool } from '@/lib/actions/change-group-pool'
import { listPool } from '@/lib/wecom/group-pool'
import { type Action, withAction } from '@/cli/run-command'

/** `connector pool add`, `remove` and `list`: customer groups that are free for merchant groups. Spec: E7 (customer groups). */
export function poolCommand(): Command {
  const define = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--connector <id>', 'connector id')
  const add = define('add', 'make a customer group free for a merchant group')
  const remove = define('remove', 'take a customer group out of the pool; a merchant group that has it keeps it')
  for (const command of [add, remove]) command.requiredOption('--chat-id <id>', 'id of the customer group')
  return new Command('pool')
    .description(
      'wecom: manage the customer groups that are free for merchant groups, in addition to those with the prefix',
    )
    .addCommand(withAction(add, change(true)))
    .addCommand(withAction(remove, change(false)))
    .addCommand(withAction(define('list', 'list the customer groups of the pool'), runList))
}

const change =
  (isIn: boolean): Action<{ connector: string; chatId: string }> =>
  async (tx, { connector: connectorId, chatId }) => {
    await changeGroupPool(tx, { connectorId, chatId, isIn, who: { actor: 'cli' } })
    return { chatIds: await listPool(tx, { connectorId }) }
  }

const runList: Action<{ connector: string }> = async (tx, { connector: connectorId }) => ({
  chatIds: await listPool(tx, { connectorId }),
})
