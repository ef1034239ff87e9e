import { errorResponse } from '@/lib/dashboard/error-response'

function refuse(): Response {
  return errorResponse(404, { code: 'ROUTE_NOT_FOUND' })
}

export { refuse as GET, refuse as POST, refuse as PUT, refuse as PATCH, refuse as DELETE }
