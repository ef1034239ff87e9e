import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RouteHandler } from '@/lib/http/api-route'
import type { Route } from '@/lib/testing/call-route'

const apiDir = join(import.meta.dirname, '../../app/(api)')

/** A route file under app/(api), with its path in OpenAPI form: `/robots/{robot_id}`. */
export type ApiRoute = { path: string; route: Route; isCatchAll: boolean }

/** Imports every route file of the API, so that a new one is tested automatically. */
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

/** Lists the handlers of these routes that have a contract. */
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
