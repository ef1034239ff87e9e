import path from 'node:path'

import { startSimulator } from '@/simulator/start-simulator'

const port = Number(process.env.SIMULATOR_PORT ?? 3002)
const dataFile = path.resolve(process.env.DATA_DIR ?? '.data', 'simulator.json')
const say = (line: string) => void process.stdout.write(`${line}\n`)

const simulator = await startSimulator({ port, dataFile, log: say }).catch((error: NodeJS.ErrnoException) => {
  const why =
    error.code === 'EADDRINUSE'
      ? `port ${port} is taken; set SIMULATOR_PORT to another one`
      : `it cannot start: ${error.message}`
  process.stderr.write(`simulator: ${why}\n`)
  process.exit(1)
})

let isStopping = false
const stop = () => {
  if (isStopping) return
  isStopping = true
  // A save that hangs must not keep the process alive; an exit then loses less than 200 ms of changes.
  setTimeout(() => process.exit(1), 3_000).unref()
  simulator.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('disconnect', stop)

say(`simulator: this is not WeChat; its phone page is ${simulator.origin}/`)
process.send?.({ type: 'ready', port: simulator.port })
