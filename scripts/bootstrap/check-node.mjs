// This file and start.mjs use only features of Node 14, so that an old Node can print that it is too old.

/** Ends the process with a one-sentence message if this Node cannot run wxbot. */
export function checkNode() {
  const needed = [20, 18, 1]
  const found = process.versions.node.split('.').map(Number)
  const difference = needed.map((number, index) => (found[index] || 0) - number).find((number) => number !== 0)
  if (difference === undefined || difference > 0) return
  console.error(
    `wxbot needs Node ${needed.join('.')} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
  )
  process.exit(1)
}
