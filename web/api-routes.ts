import type { RouteFile } from '@/web/match-route'

/**
 * The route files under `app/(api)`. The build replaces this module by their list (scripts/api-routes-plugin.mjs); without a
 * build the list is empty, and Next serves them.
 */
export const apiRoutes: readonly RouteFile[] = []
