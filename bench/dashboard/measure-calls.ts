import { percentile } from '@/bench/callbacks/percentile'
import { listPageCalls } from '@/bench/dashboard/call-pages'
import { openTestWeb } from '@/lib/testing/open-test-web'

const runs = 7

export type CallTimes = Map<string, { status: number; ms: number }>

/** Measures the calls of the dashboard's API whose names begin with `prefix`: the median of 7, after one that warms up. */
export async function measureCalls(url: string, prefix = ''): Promise<CallTimes> {
  const web = await openTestWeb({ url })
  const results: CallTimes = new Map()
  const calls = await listPageCalls(web.context)
  for (const { name, run } of calls.filter((call) => call.name.startsWith(prefix))) {
    const took: number[] = []
    let status = 0
    for (let round = 0; round <= runs; round++) {
      const beganMs = performance.now()
      const response = await run()
      await response.text()
      if (round > 0) took.push(performance.now() - beganMs)
      ;({ status } = response)
    }
    results.set(name, { status, ms: percentile(took, 0.5) })
  }
  await web.close()
  return results
}

/** Returns the calls as rows of a Markdown table, the slowest first: full, empty, ratio. */
export function describeCalls(empty: CallTimes, full: CallTimes): string[] {
  return [...full]
    .toSorted(([, a], [, b]) => b.ms - a.ms)
    .map(([name, { status, ms }]) => {
      const emptyMs = empty.get(name)?.ms ?? Number.NaN
      const call = status === 200 ? name : `${name} (${status})`
      return `| ${call} | ${ms.toFixed(0)} ms | ${emptyMs.toFixed(0)} ms | ${(ms / emptyMs).toFixed(1)} |`
    })
}
