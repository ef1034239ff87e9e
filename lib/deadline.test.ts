import { describe, expect, it } from 'vitest'
import { withDeadline } from '@/lib/deadline'

const never = new Promise<never>(() => {})

describe('withDeadline', () => {
  it('returns the result of a promise that settles in time', async () => {
    expect(await withDeadline(Promise.resolve('done'), 10_000, () => 'late')).toBe('done')
  })

  it('passes on the rejection of a promise that settles in time', async () => {
    await expect(withDeadline(Promise.reject(new Error('away')), 10_000, () => 'late')).rejects.toThrow('away')
  })

  it('returns the result of onTimeout after the deadline', async () => {
    expect(await withDeadline(never, 1, () => 'late')).toBe('late')
  })

  it('rejects with what onTimeout throws', async () => {
    const fail = () => {
      throw new Error('too late')
    }
    await expect(withDeadline(never, 1, fail)).rejects.toThrow('too late')
  })

  it('ignores a rejection after the deadline', async () => {
    let reject: (error: Error) => void = () => {}
    const late = new Promise<string>((_, fail) => (reject = fail))
    expect(await withDeadline(late, 1, () => 'late')).toBe('late')
    reject(new Error('later'))
    await new Promise((resolve) => setImmediate(resolve))
  })

  it('leaves no timer behind', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await withDeadline(Promise.resolve(), 10_000, () => undefined)
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before)
  })
})
