import { readFileSync, renameSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { createFolderMedia, createMemoryMedia } from '@/simulator/world/media-store'
import { emptyWorldData, seedWorld } from '@/simulator/world/seed-world'
import type { World, WorldData } from '@/simulator/world/world'
import { createWorld } from '@/simulator/world/world'

const saveDelayMs = 150

/**
 * Opens the world saved in `dataFile`, or a newly seeded one (`null`: in memory only). Within 200 ms, changes are saved as a
 * whole to a temporary file that then replaces the previous one; `close` saves pending changes.
 */
export function openWorld(dataFile: string | null): { world: World; close(): Promise<void> } {
  const media = dataFile === null ? createMemoryMedia() : createFolderMedia(dataFile.replace(/(\.json)?$/, '-media'))
  const kept = dataFile === null ? null : readData(dataFile)
  const world = createWorld(kept ?? emptyWorldData(), media)
  if (!kept) seedWorld(world, { nowMs: Date.now() })
  if (dataFile === null) return { world, close: () => Promise.resolve() }

  const saver = createSaver(world, dataFile)
  if (!kept) saver.saveSoon()
  world.events.on('change', saver.saveSoon)
  return { world, close: saver.saveNow }
}

function readData(dataFile: string): WorldData | null {
  let text: string
  try {
    text = readFileSync(dataFile, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const data = JSON.parse(text) as WorldData
    if (data.version === 1) return data
  } catch {
    // Continues below: an unreadable world is renamed, not deleted.
  }
  renameSync(dataFile, `${dataFile}.unreadable-${Date.now()}`)
  return null
}

function createSaver(world: World, dataFile: string): { saveSoon: () => void; saveNow: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let savedRevision = -1
  let writing = Promise.resolve()

  const write = async () => {
    if (savedRevision === world.revision) return
    const revision = world.revision
    const temporary = `${dataFile}.${process.pid}.tmp`
    await mkdir(path.dirname(dataFile), { recursive: true })
    await writeFile(temporary, JSON.stringify(world.data), { mode: 0o600 })
    await rename(temporary, dataFile)
    savedRevision = revision
  }
  const saveNow = () => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.catch(() => undefined).then(write)
    return writing
  }
  const saveSoon = () => {
    timer ??= setTimeout(() => {
      saveNow().catch((error: unknown) => world.events.emit('save-failed', error))
    }, saveDelayMs)
  }
  return { saveSoon, saveNow }
}
