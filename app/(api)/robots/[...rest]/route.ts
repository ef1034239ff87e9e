import { apiRoute } from '@/lib/http/api-route'

// Every other path under /robots: 404 in the envelope.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [])
