// Measures the sends per robot with 8 concurrent clients on a production build: `npx tsx bench/sends.ts [sends]`.
import { createTenant } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'

const clients = 8
const sends = Number(process.argv[2] ?? 400)

const product = await startProduct()
try {
  const shop = await createTenant(product, 'bench')
  const robot = await shop.openRobot('bench_robot')
  const took: number[] = []
  const failures: string[] = []
  let begun = 0
  const beganMs = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (begun < sends) {
        const sentMs = performance.now()
        const { retCode, errorMsg } = await shop.send(robot, `第 ${++begun} 条`)
        if (retCode === 0) took.push(performance.now() - sentMs)
        else failures.push(`${retCode} ${errorMsg}`)
      }
    }),
  )
  const seconds = (performance.now() - beganMs) / 1000
  took.sort((a, b) => a - b)
  const percentile = (share: number) => Math.round(took[Math.ceil(took.length * share) - 1] ?? 0)
  const rate = (took.length / seconds).toFixed(1)
  console.log(
    `${took.length} sends, ${clients} clients: ${rate}/s, p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`,
  )
  if (failures.length > 0) console.log(`${failures.length} failed, the first: ${failures[0]}`)
} finally {
  await product.stop()
}
