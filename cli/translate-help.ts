import { type Command, Help } from 'commander'
import chinese from '@/cli/help.zh-CN.json'
import { countColumns, wrapChinese } from '@/cli/wrap-chinese'

const chineseOf: Record<string, string> = chinese
const english = new Help()

/** Returns the Chinese for an English text of the help, or the text itself if it has no translation. */
export function toChinese(text: string): string {
  return chineseOf[text] ?? text
}

/** Makes the help of a command and of its subcommands Chinese. Option names and the values that options take stay. */
export function translateHelp(command: Command, translate = toChinese): void {
  const translateSyntax = (syntax: string) => syntax.replaceAll(/\[(?:options|command)\]/g, translate)
  /** Translates a description, to which commander appends choices and default: ` (choices: "a", "b", default: "a")`. */
  const translateItem = (description: string, whole: string) => {
    const appended = whole.slice(description.length).trim().slice(1, -1)
    const details = appended.replaceAll(
      /(, )?((?:choices|default):) /g,
      (_, comma: string | undefined, label: string) => {
        return `${comma ? '，' : ''}${translate(label)}`
      },
    )
    return details === '' ? translate(description) : `${translate(description)}（${details}）`
  }
  command.configureHelp({
    styleTitle: translate,
    styleUsage: translateSyntax,
    styleSubcommandTerm: translateSyntax,
    styleCommandDescription: translate,
    subcommandDescription: (subcommand) => translate(english.subcommandDescription(subcommand)),
    optionDescription: (option) => translateItem(option.description, english.optionDescription(option)),
    argumentDescription: (argument) => translateItem(argument.description, english.argumentDescription(argument)),
    displayWidth: countColumns,
    boxWrap: (text, columns) => (columns < english.minWidthToWrap ? text : wrapChinese(text, columns)),
  })
  for (const subcommand of command.commands) translateHelp(subcommand, translate)
}
