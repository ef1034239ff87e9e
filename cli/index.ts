import { Command } from 'commander'
import { applicationCommand } from './application'
import { callbackCommand } from './callback'
import { operatorCommand } from './operator'
import { qunCommand } from './qun'
import { robotCommand } from './robot'
import { tokenCommand } from './token'

const program = new Command('wxbot')
  .description('wxbot from the command line; each command takes --json')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  .addCommand(applicationCommand())
  .addCommand(tokenCommand())
  .addCommand(robotCommand())
  .addCommand(qunCommand())
  .addCommand(callbackCommand())
  .addCommand(operatorCommand())

try {
  await program.parseAsync()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
