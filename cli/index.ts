import type { Command } from 'commander'
import { explainError } from '@/lib/describe-error'
import { AppError } from '@/lib/errors'
import { createProgram } from '@/cli/program'
import { terminalLocale } from '@/cli/terminal-locale'
import { translateHelp } from '@/cli/translate-help'

/** Returns a refusal in the language of the terminal, any other error as it is. */
async function explain(error: unknown): Promise<string> {
  if (!(error instanceof AppError)) return explainError(error)
  const { saySentence } = await import('@/cli/say-sentence')
  return saySentence(error.options)
}

/** Returns an error's text without the user name and password of the URLs that it repeats. */
const withoutCredentials = (text: string) => text.replaceAll(/\/\/[^\s/@]*@/g, '//…@')

function configureErrors(command: Command): void {
  const outputError = (text: string, write: (text: string) => void) =>
    write(withoutCredentials(text.replace(/^error: /, '')))
  command.configureOutput({ outputError })
  command.commands.forEach(configureErrors)
}

const program = createProgram()
configureErrors(program)
if (terminalLocale() === 'zh-CN') translateHelp(program)

try {
  await program.parseAsync()
} catch (error) {
  console.error(withoutCredentials(await explain(error)))
  process.exitCode = 1
}
