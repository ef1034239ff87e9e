import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rootDir } from './bootstrap/paths.mjs'

const apiDir = join(rootDir, 'app/(api)')

/** Replaces `@/web/api-routes` by the list of all route files under `app/(api)`. */
export const apiRoutesPlugin = /** @satisfies {import('esbuild').Plugin} */ ({
  name: 'api-routes',
  setup(build) {
    build.onResolve({ filter: /^@\/web\/api-routes$/ }, ({ path }) => ({ path, namespace: 'api-routes' }))
    build.onLoad({ filter: /.*/, namespace: 'api-routes' }, () => ({ contents: listRoutes(), resolveDir: rootDir }))
  },
})

function listRoutes() {
  const folders = readdirSync(apiDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts'))
    .map((file) => dirname(file))
    .sort()
  const imports = folders.map((folder, index) => `import * as r${index} from '@/app/(api)/${folder}/route'`)
  const items = folders.map((folder, index) => `{ path: '/${folder}', route: r${index} }`)
  return `${imports.join('\n')}\nexport const apiRoutes = [${items.join(', ')}]`
}
