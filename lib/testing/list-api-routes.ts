import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RouteHandler } from '../http/api-route'
import type { Route } from './call-route'

const apiDir = join(import.meta.dirname, '../../app/(api)')

/** A route file under app/(api), at its address as OpenAPI writes it: `/robots/{robot_id}`. */
export type ApiRoute = { path: string; route: Route; isCatchAll: boolean }

/** Imports every route of the API as it lies on the disk, so that a new one is tested by itself. */
export async function listApiRoutes(): Promise<ApiRoute[]> {
  const files = readdirSync(apiDir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('route.ts'))
  return Promise.all(
    files.sort().map(async (file) => {
      const route = (await import(join(apiDir, file))) as Route
      const path = `/${dirname(file)}`.replace(/\[(\w+)\]/g, (_, name: string) => `{${snakeCase(name)}}`)
      return { path, route, isCatchAll: path.includes('...') }
    }),
  )
}

/** The calls among them: a handler with the contract it keeps to. */
export async function listApiCalls() {
  const routes = await listApiRoutes()
  return routes.flatMap(({ path, route }) =>
    Object.entries(route).flatMap(([method, handler]: [string, RouteHandler]) =>
      handler.contract && method === handler.contract.method
        ? [{ name: `${method} ${path}`, path, route, contract: handler.contract }]
        : [],
    ),
  )
}

export type ApiCallUnderTest = Awaited<ReturnType<typeof listApiCalls>>[number]

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
