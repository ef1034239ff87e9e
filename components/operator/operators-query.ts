import { queryOptions } from '@tanstack/react-query'
import type { OperatorView } from '@/app/api/dashboard/views/operators'
import { callDashboard } from '@/components/queries/call-dashboard'

export const operatorsQuery = () =>
  queryOptions({ queryKey: ['operators'], queryFn: () => callDashboard<OperatorView[]>('/operators') })
