import { useSuspenseQuery } from '@tanstack/react-query'
import type { ApplicationDetail } from '@/lib/dashboard/application/detail'
import { applicationQuery } from '@/components/queries/queries'

/** Returns the application of the surrounding layout, which has loaded it. */
export function useApplication(applicationId: string): ApplicationDetail {
  return useSuspenseQuery(applicationQuery(applicationId)).data
}
