import { apiRoute } from '@/lib/http/api-route'

// /v1 and every other path under it: 404 in the envelope.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [])
