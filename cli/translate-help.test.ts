import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import chinese from '@/cli/help.zh-CN.json'
import { createProgram } from '@/cli/program'
import { useCli } from '@/cli/testing/use-cli'
import { toChinese, translateHelp } from '@/cli/translate-help'

const cli = useCli()

const commandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsOf)]

function showHelp(command: Command): string {
  let shown = ''
  const writeOut = (text: string) => {
    shown += text
  }
  command.configureOutput({ writeOut, getOutHelpWidth: () => 80 })
  command.outputHelp()
  return shown
}

/** Values that an option takes, and nothing else: they have no translation. */
const isValueList = (text: string) => /^\w+(?:, \w+)+$/.test(text)

/** Option names, placeholders, quotations, numbers, identifiers, and the value before a colon. */
const literals =
  /--[\w-]+|<[^>]+>|"[^"]*"|\d+\w*|\b[a-z]+[A-Z]\w*|\b[A-Za-z]+_\w+|^(?:true|wecom|gateway|email)(?=: |：)/g

const literalsOf = (text: string) => (text.match(literals) ?? []).toSorted()

describe('the help in Chinese', () => {
  const program = createProgram()
  const requested = new Set<string>()
  translateHelp(program, (text) => {
    requested.add(text)
    return toChinese(text)
  })
  const commands = commandsOf(program)
  const help = commands.map(showHelp).join('\n')

  it('translates each description of the command tree', () => {
    const descriptions = commands.flatMap((command) =>
      [command, ...command.options, ...command.registeredArguments].map((item) =>
        typeof item.description === 'function' ? item.description() : item.description,
      ),
    )
    expect(descriptions.length).toBeGreaterThan(250)
    expect(descriptions.filter((text) => !requested.has(text))).toEqual([])
  })

  it('the help in Chinese has a translation of each text, and no other', () => {
    const translated = Object.keys(chinese)
    const missing = [...requested].filter((text) => !translated.includes(text) && !isValueList(text))
    expect(missing).toEqual([])
    expect(translated.filter((text) => !requested.has(text))).toEqual([])
  })

  it('shows no English heading and no English word of commander', () => {
    expect(help).not.toMatch(/^(?:Usage|Arguments|Options|Commands|Examples|Global Options):/m)
    expect(help).not.toMatch(/\[options\]|\[command\]|\((?:default|choices): |display help/)
  })

  it('keeps option names, placeholders and values', () => {
    const changed = Object.entries(chinese).filter(
      ([english, translation]) => literalsOf(english).join(' ') !== literalsOf(translation).join(' '),
    )
    expect(changed).toEqual([])
    expect(Object.values(chinese).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
  })
})

it('prints the help in the language of the terminal', async () => {
  const help = async (locale: string) => (await cli.run(['robot', '--help'], '', { LANG: locale })).stdout
  const shown = await help('zh_CN.UTF-8')
  expect(shown).toMatch(/^用法： wxbot robot \[选项\] \[命令\]\n\n管理机器人（微信号）\n/)
  expect(shown).toMatch(/\n {2}send \[选项\] +发送消息，等到微信接受为止\n/)
  expect(shown).toMatch(/\n {2}-h, --help +显示帮助\n/)
  expect(shown).toContain('\n示例：\n  npm run -s cli -- robot list')
  const english = await help('en_US.UTF-8')
  expect(english).toMatch(/^Usage: wxbot robot \[options\] \[command\]\n\nmanage robots \(WeChat accounts\)\n/)
  expect(english).not.toMatch(/用法|选项|显示/)
})
