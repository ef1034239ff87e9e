import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

const appDir = join(import.meta.dirname, '../../app')

/**
 * Lists the addresses of all files of a kind under `app`, so that a new one is tested automatically. Route groups are left out and each
 * parameter is the text `word`.
 */
export function listAddresses(kind: 'page.tsx' | 'route.ts'): string[] {
  const addresses = readdirSync(appDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file === kind || file.endsWith(`/${kind}`))
    .map((file) => fillAddress(`/${dirname(file)}`))
  return [...new Set(addresses)].sort()
}

/** Returns the address of a route path of Next: `/(api)/robots/[robotId]` is `/robots/word`. */
export function fillAddress(route: string): string {
  return (
    route
      .replace(/\/\([^)]+\)/g, '')
      .replace(/\[+[^\]]+\]+/g, 'word')
      .replace(/\/\.?$/, '') || '/'
  )
}
