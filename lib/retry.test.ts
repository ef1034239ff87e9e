import { describe, expect, it } from 'vitest'
import { backoffMs, retry, sleep } from '@/lib/retry'

const fast = { minMs: 1, maxMs: 2 }

describe('retry', () => {
  it('calls again until the call succeeds, and reports each failure with its number', async () => {
    const reported: number[] = []
    const result = await retry(
      async (failures) => {
        if (failures < 3) throw new Error('away')
        return `after ${failures}`
      },
      { ...fast, onFailure: (_error, failures) => reported.push(failures) },
    )
    expect(result).toBe('after 3')
    expect(reported).toEqual([1, 2, 3])
  })

  it('rejects with the error that onFailure throws, and calls no more', async () => {
    let calls = 0
    const giveUp = (error: unknown, failures: number) => {
      if (failures === 2) throw error
    }
    const act = async () => {
      calls += 1
      throw new Error(`call ${calls}`)
    }
    await expect(retry(act, { ...fast, onFailure: giveUp })).rejects.toThrow('call 2')
    expect(calls).toBe(2)
  })

  it('ends a pause at once when its signal is aborted, and returns undefined', async () => {
    const lifetime = new AbortController()
    const act = async () => {
      throw new Error('away')
    }
    const options = { minMs: 60_000, maxMs: 60_000, signal: lifetime.signal, onFailure: () => lifetime.abort() }
    expect(await retry(act, options)).toBeUndefined()
  })

  it('makes no call after its signal was aborted', async () => {
    let calls = 0
    const signal = AbortSignal.abort()
    expect(await retry(async () => (calls += 1), { ...fast, signal, onFailure: () => {} })).toBeUndefined()
    expect(calls).toBe(0)
  })
})

it.each([
  [1, 1_000],
  [2, 2_000],
  [4, 8_000],
  [5, 15_000],
  [2_000, 15_000],
])('the pause after %i failures is %i ms, give or take 20 %%', (failures, expectedMs) => {
  const pauseMs = backoffMs(failures, { minMs: 1_000, maxMs: 15_000 })
  expect(pauseMs).toBeGreaterThanOrEqual(expectedMs * 0.8)
  expect(pauseMs).toBeLessThanOrEqual(expectedMs * 1.2)
})

it('sleep never rejects, also with a signal that is aborted already', async () => {
  expect(await sleep(60_000, AbortSignal.abort())).toBeUndefined()
})
