// `npm start`, and with --dev `npm run dev`. Everything newer than an old Node understands is imported after the check.
import { checkNode } from './bootstrap/check-node.mjs'

checkNode()
const { runMain } = await import('./bootstrap/plain-error.mjs')
const { startProduct } = await import('./start/start-product.mjs')
await runMain(() => startProduct({ isDev: process.argv.includes('--dev') }))
