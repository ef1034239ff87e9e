import { Command } from 'commander'
import manifest from '@/package.json'
import { alertCommand } from '@/cli/alert'
import { applicationCommand } from '@/cli/application'
import { articleCommand } from '@/cli/article'
import { auditCommand } from '@/cli/audit'
import { backupCommand, restoreCommand } from '@/cli/backup'
import { callbackCommand } from '@/cli/callback'
import { connectorCommand } from '@/cli/connector'
import { conversationCommand } from '@/cli/conversation'
import { doctorCommand } from '@/cli/doctor'
import { endpointCommand } from '@/cli/endpoint'
import { operatorCommand } from '@/cli/operator'
import { quickReplyCommand } from '@/cli/quick-reply'
import { qunCommand } from '@/cli/qun'
import { replyCommand } from '@/cli/reply'
import { robotCommand } from '@/cli/robot'
import { ruleCommand } from '@/cli/rule'
import { secretCommand } from '@/cli/secret'
import { settingsCommand } from '@/cli/settings'
import { tokenCommand } from '@/cli/token'

/** Returns the command line with all its commands. */
export function createProgram(): Command {
  return new Command('wxbot')
    .description('Manages applications, robots, connectors and callbacks. Every command has --json and --help.')
    .version(manifest.version)
    .addCommand(applicationCommand())
    .addCommand(tokenCommand())
    .addCommand(robotCommand())
    .addCommand(connectorCommand())
    .addCommand(qunCommand())
    .addCommand(replyCommand())
    .addCommand(ruleCommand())
    .addCommand(articleCommand())
    .addCommand(conversationCommand())
    .addCommand(quickReplyCommand())
    .addCommand(callbackCommand())
    .addCommand(endpointCommand())
    .addCommand(alertCommand())
    .addCommand(settingsCommand())
    .addCommand(operatorCommand())
    .addCommand(auditCommand())
    .addCommand(secretCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(doctorCommand())
}
