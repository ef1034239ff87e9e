import { queryOptions } from '@tanstack/react-query'
import { callDashboard } from '@/components/queries/call-dashboard'

export const retentionKey = ['retention']

export const retentionQuery = () => queryOptions({ queryKey: retentionKey, queryFn: () => callDashboard('/retention') })
