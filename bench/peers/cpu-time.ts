import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks per second of `/proc/PID/stat`. */
const ticksPerSecond = 100

/** Returns the CPU milliseconds of a process and its descendants, except those whose command line contains `except`. Linux only. */
export function cpuTimeMs(rootPid: number, { except }: { except?: string } = {}): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])
  const sum = (pid: number): number => {
    const own = processes.find((process) => process.pid === pid)
    if (!own || (except && own.command.includes(except))) return 0
    const children = processes.filter(({ parentPid }) => parentPid === pid)
    return own.ticks + children.reduce((total, child) => total + sum(child.pid), 0)
  }
  return (sum(rootPid) / ticksPerSecond) * 1000
}

/** Includes the time of children that have ended; null: the process has ended meanwhile. */
function readProcess(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0)
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return { pid, parentPid: Number(fields[1]), ticks, command }
  } catch {
    return null
  }
}
