import { expect, it } from 'vitest'
import { inChunks } from '@/lib/db/in-chunks'

it.each([
  [0, []],
  [1, [1]],
  [8, [8]],
  [19, [16, 2, 1]],
  [100, [64, 32, 4]],
])('splits %i rows into chunks of %j', (count, sizes) => {
  const rows = Array.from({ length: count }, (_, index) => index)
  const chunks = inChunks(rows)
  expect(chunks.map((chunk) => chunk.length)).toEqual(sizes)
  expect(chunks.flat()).toEqual(rows)
})
