import { apiRoute } from '@/lib/http/api-route'

// Every other path under /v1: 404 in the envelope.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', {})
