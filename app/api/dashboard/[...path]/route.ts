import { errorResponse } from '@/lib/dashboard/error-response'

function refuse(): Response {
  return errorResponse(404, { code: 'ROUTE_NOT_FOUND', message: '没有这个地址' })
}

export { refuse as GET, refuse as POST, refuse as PUT, refuse as PATCH, refuse as DELETE }
