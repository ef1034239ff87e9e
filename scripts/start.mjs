// `npm start`, and with --dev `npm run dev`. Code that an old Node cannot parse is imported after the version check.
import { checkNode } from './bootstrap/check-node.mjs'

checkNode()
const { runMain } = await import('./bootstrap/plain-error.mjs')
const { startProduct } = await import('./start/start-product.mjs')
await runMain(() => startProduct({ isDev: process.argv.includes('--dev') }))
