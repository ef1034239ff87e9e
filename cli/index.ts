import { Command } from 'commander'
import { explainError } from '@/lib/describe-error'
import manifest from '@/package.json'
import { applicationCommand } from '@/cli/application'
import { articleCommand } from '@/cli/article'
import { auditCommand } from '@/cli/audit'
import { callbackCommand } from '@/cli/callback'
import { connectorCommand } from '@/cli/connector'
import { doctorCommand } from '@/cli/doctor'
import { operatorCommand } from '@/cli/operator'
import { qunCommand } from '@/cli/qun'
import { robotCommand } from '@/cli/robot'
import { ruleCommand } from '@/cli/rule'
import { secretCommand } from '@/cli/secret'
import { tokenCommand } from '@/cli/token'

const program = new Command('wxbot')
  .description('Manages applications, robots, connectors and callbacks. Every command has --json and --help.')
  .version(manifest.version)
  .addCommand(applicationCommand())
  .addCommand(tokenCommand())
  .addCommand(robotCommand())
  .addCommand(connectorCommand())
  .addCommand(qunCommand())
  .addCommand(ruleCommand())
  .addCommand(articleCommand())
  .addCommand(callbackCommand())
  .addCommand(operatorCommand())
  .addCommand(auditCommand())
  .addCommand(secretCommand())
  .addCommand(doctorCommand())

/** Returns an error's text without the user name and password of the URLs that it repeats. */
const withoutCredentials = (text: string) => text.replaceAll(/\/\/[^\s/@]*@/g, '//…@')

function configureErrors(command: Command): void {
  const outputError = (text: string, write: (text: string) => void) =>
    write(withoutCredentials(text.replace(/^error: /, '')))
  command.configureOutput({ outputError })
  command.commands.forEach(configureErrors)
}
configureErrors(program)

try {
  await program.parseAsync()
} catch (error) {
  console.error(withoutCredentials(explainError(error)))
  process.exitCode = 1
}
