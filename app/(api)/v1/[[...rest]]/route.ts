import { apiRoute } from '@/lib/http/api-route'

// Responds with 404 in the envelope to /v1 and each undefined path below it.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [])
