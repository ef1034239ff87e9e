import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { expect, it } from 'vitest'
import { createProgram } from '@/cli/program'

const specDir = join(import.meta.dirname, '../docs/spec')

type Documented = { words: string[]; options: string[] }

/** Reads the calls of the table of commands; `a|b` stands for two commands. */
function readTable(page: string): Documented[] {
  const [, section = ''] = readFileSync(join(specDir, page), 'utf8').split(/^## D4 .*$/m)
  const cells = section
    .split(/^## /m)[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.replaceAll(String.raw`\|`, '/').split('|')[1] ?? '')
  const calls = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, call = '']) => call))
  return calls.flatMap((call) => {
    const words = /^[a-z/-]+(?: [a-z][a-z/-]*)*/.exec(call)?.[0].split(' ') ?? []
    const options = call.match(/--[a-z-]+/g) ?? []
    const named = words.reduce<string[][]>(
      (paths, word) => paths.flatMap((path) => word.split('/').map((each) => [...path, each])),
      [[]],
    )
    return named.map((path) => ({ words: path, options }))
  })
}

function leavesOf(command: Command, path: string[] = []): { name: string; command: Command }[] {
  if (command.commands.length === 0) return [{ name: path.join(' '), command }]
  return command.commands.flatMap((child) => leavesOf(child, [...path, child.name()]))
}

it.each(['cli-and-operators.md', 'cli-and-operators.zh-CN.md'])(
  'D4: %s lists each command, and only options it has',
  (page) => {
    const table = readTable(page)
    const leaves = leavesOf(createProgram())
    const documented = new Set(table.map(({ words }) => words.join(' ')))
    expect(leaves.map(({ name }) => name).filter((name) => !documented.has(name))).toEqual([])
    expect([...documented].filter((name) => !leaves.some((leaf) => leaf.name === name))).toEqual([])
    const unknown = table.flatMap(({ words, options }) => {
      const known = leaves.find(({ name }) => name === words.join(' '))?.command.options.map(({ long }) => long) ?? []
      return options.filter((option) => !known.includes(option)).map((option) => `${words.join(' ')} ${option}`)
    })
    expect(unknown).toEqual([])
  },
)
