'use client'

import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import { useEffect, useState } from 'react'
import { onSignedOut } from '@/components/queries/signed-out'
import { hasLayer, listenForBack } from '@/components/leave/history-guard'
import { LeaveDialog } from '@/components/leave/leave-dialog'
import { hasUnsavedForms, leavePage, useIsLeaveQuestionOpen } from '@/components/leave/unsaved-forms'
import { useNavigate } from '@/components/leave/use-navigate'

const SignInSheet = dynamic(() =>
  loadPart(() => import('@/components/leave/sign-in-sheet').then(({ SignInSheet: sheet }) => sheet)),
)

/** Protects unsaved input: asks before a link or Back discards it, and offers to sign in again on the same page. */
export function LeaveGuard({ email }: { email: string }) {
  const navigate = useNavigate()
  const isQuestionOpen = useIsLeaveQuestionOpen()
  const [isSignedOut, setSignedOut] = useState(false)
  useEffect(listenForBack, [])
  useEffect(() => listenForLinks(navigate), [navigate])
  useEffect(
    () =>
      onSignedOut(() => {
        const hasInput = hasUnsavedForms() || hasLayer()
        if (hasInput) setSignedOut(true)
        return hasInput
      }),
    [],
  )
  return (
    <>
      {isSignedOut && <SignInSheet email={email} onClose={() => setSignedOut(false)} />}
      {isQuestionOpen && <LeaveDialog />}
    </>
  )
}

/** Intercepts links to other pages while a sheet is open or changes are unsaved. Returns a function that stops it. */
function listenForLinks(navigate: (href: string) => void): () => void {
  function onClick(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link?.href || link.target === '_blank' || link.hasAttribute('download')) return
    if (link.origin !== location.origin || link.pathname === location.pathname) return
    if (!hasUnsavedForms() && !hasLayer()) return
    event.preventDefault()
    event.stopPropagation()
    const { pathname, search, hash } = link
    leavePage(() =>
      pathname.startsWith('/dashboard') ? navigate(pathname + search + hash) : location.assign(link.href),
    )
  }
  // In the capture phase: the router's links handle the click themselves.
  document.addEventListener('click', onClick, true)
  return () => document.removeEventListener('click', onClick, true)
}
