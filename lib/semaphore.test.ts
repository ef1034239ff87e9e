import { expect, it } from 'vitest'
import { createSemaphore } from '@/lib/semaphore'

/** Tasks that run until they are released, in the order of their start. */
function makeTasks() {
  const started: string[] = []
  const release = new Map<string, () => void>()
  const task = (name: string) => () => {
    started.push(name)
    return new Promise<string>((resolve) => release.set(name, () => resolve(name)))
  }
  return { started, release, task }
}

it('runs two at once, serves an urgent task first, and refuses tasks beyond the waiting limit', async () => {
  const { run } = createSemaphore({ maxRunning: 2, maxWaiting: 1 })
  const { started, release, task } = makeTasks()
  const all = [run(task('a')), run(task('b')), run(task('c'))]
  await expect(run(task('refused'))).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  all.push(run(task('urgent'), { isUrgent: true }))
  expect(started).toEqual(['a', 'b'])
  release.get('a')?.()
  await all[0]
  await expect.poll(() => started).toEqual(['a', 'b', 'urgent'])
  for (const name of ['b', 'urgent']) release.get(name)?.()
  await expect.poll(() => started).toEqual(['a', 'b', 'urgent', 'c'])
  release.get('c')?.()
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'urgent'])
})

it('a failed task frees its place', async () => {
  const { run } = createSemaphore({ maxRunning: 1, maxWaiting: 0 })
  await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(run(async () => 'yes')).resolves.toBe('yes')
})
