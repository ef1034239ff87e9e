'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { releaseGuard } from '@/components/leave/history-guard'

/** Opens another page without a question; Back from there skips the sheet that was open here. */
export function useNavigate(): (href: string) => void {
  const router = useRouter()
  return useCallback((href) => (releaseGuard() ? router.replace(href) : router.push(href)), [router])
}
