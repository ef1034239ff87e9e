import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DashboardHandler } from '@/lib/dashboard/dashboard-route'

const dashboardDir = join(import.meta.dirname, '../../app/api/dashboard')

/** Imports every handler of the dashboard's API, so that a new one is tested automatically. */
export async function listDashboardHandlers() {
  const files = readdirSync(dashboardDir, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('/route.ts') && !file.includes('...'),
  )
  const routes = await Promise.all(
    files.sort().map(async (file) => {
      const route = (await import(join(dashboardDir, file))) as Record<string, DashboardHandler<string>>
      const ids = [...file.matchAll(/\[(\w+)\]/g)].map(([, name]) => String(name))
      const path = `/${file.replace(/\/route\.ts$/, '')}`
      return Object.entries(route).map(([method, handler]) => ({
        name: `${method} ${path}`,
        path,
        method,
        handler,
        ids,
      }))
    }),
  )
  return routes.flat()
}
