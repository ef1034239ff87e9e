import type { ComponentType } from 'react'

/**
 * Loads a part of the page on demand. Without network it renders nothing until the next page load, because a part that
 * throws would unmount the whole page and lose its input.
 */
export async function loadPart<Part extends ComponentType<never>>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch {
    return (() => null) as unknown as Part
  }
}
