'use client'

import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import { listenForKeys } from './listen-for-keys'
import { closePanel, usePanel } from './panel'
import { useRouter } from 'next/navigation'

const CommandMenu = dynamic(() => import('./command-menu').then(({ CommandMenu: menu }) => menu))
const ShortcutSheet = dynamic(() => import('./shortcut-sheet').then(({ ShortcutSheet: sheet }) => sheet))
const CreateRobotSheet = dynamic(() =>
  import('@/components/robot/create-robot-sheet').then(({ CreateRobotSheet: sheet }) => sheet),
)
const CreateApplicationSheet = dynamic(() =>
  import('@/components/application/create-application-sheet').then(({ CreateApplicationSheet: sheet }) => sheet),
)

/** What a key or the command menu opens on any page; each is loaded when it is wanted first. */
export function Panels() {
  const panel = usePanel()
  const router = useRouter()
  useEffect(() => listenForKeys((href) => router.push(href)), [router])
  const own = { isOpen: true, onOpenChange: (isOpen: boolean) => isOpen || closePanel() }
  if (panel === 'commands') return <CommandMenu {...own} />
  if (panel === 'shortcuts') return <ShortcutSheet {...own} />
  if (panel === 'robot') return <CreateRobotSheet {...own} />
  if (panel === 'application') return <CreateApplicationSheet {...own} />
  return null
}
