import { qunRoute } from '@/lib/http/qun-route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = qunRoute(null)
