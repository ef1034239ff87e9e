type Params = Record<string, string | string[]>
type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response> | Response
type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** A route module of Next with the path of its folder: `/robots/[robotId]`. */
export type RouteFile = { path: string; route: Partial<Record<Method, unknown>> }
export type RouteMatch = { handle: Handler; params: Params }

/**
 * Creates the function that returns the handler of a method and a path with unreserved characters only, by the rules of Next: literal
 * segments before parameters before catch-alls, and GET in place of a missing HEAD. null: no route has it.
 */
export function createRouteMatcher(files: readonly RouteFile[]) {
  const routes = files
    .map(({ path, route }) => ({ route, rank: rankOf(path), ...compile(path) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return (method: string, path: string): RouteMatch | null => {
    for (const { route, pattern, names } of routes) {
      const match = pattern.exec(path)
      if (!match) continue
      const handle = route[method as Method] ?? (method === 'HEAD' ? route.GET : undefined)
      if (typeof handle !== 'function') return null
      return { handle: handle as Handler, params: readParams(names, match) }
    }
    return null
  }
}

/** Returns a text whose order is that of precedence, segment by segment. */
function rankOf(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      if (segment.startsWith('[[...')) return '3'
      if (segment.startsWith('[...')) return '2'
      return segment.startsWith('[') ? '1' : `0${segment}`
    })
    .join('/')
}

function compile(path: string) {
  const names: { name: string; isList: boolean }[] = []
  const parts = path
    .split('/')
    .slice(1)
    .map((segment) => {
      const [, optional, rest, name] = /^\[(\[)?(\.\.\.)?(\w+)\]+$/.exec(segment) ?? []
      if (!name) return `/${segment}`
      names.push({ name, isList: rest !== undefined })
      if (!rest) return '/([^/]+)'
      return optional ? '(?:/(.+))?' : '/(.+)'
    })
  return { pattern: new RegExp(`^${parts.join('')}$`), names }
}

function readParams(names: readonly { name: string; isList: boolean }[], match: RegExpExecArray): Params {
  const params: Params = {}
  for (const [index, { name, isList }] of names.entries()) {
    const value = match[index + 1]
    if (value !== undefined) params[name] = isList ? value.split('/') : value
  }
  return params
}
