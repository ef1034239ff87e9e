'use client'

import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import { useEffect } from 'react'
import { useNavigate } from '@/components/leave/use-navigate'
import { leavePage } from '@/components/leave/unsaved-forms'
import { listenForKeys } from '@/components/shell/listen-for-keys'
import { closePanel, usePanel } from '@/components/shell/panel'

const CommandMenu = dynamic(() =>
  loadPart(() => import('@/components/shell/command-menu').then(({ CommandMenu: menu }) => menu)),
)
const ShortcutSheet = dynamic(() =>
  loadPart(() => import('@/components/shell/shortcut-sheet').then(({ ShortcutSheet: sheet }) => sheet)),
)
const CreateRobotSheet = dynamic(() =>
  loadPart(() => import('@/components/robot/create-robot-sheet').then(({ CreateRobotSheet: sheet }) => sheet)),
)
const CreateApplicationSheet = dynamic(() =>
  loadPart(() =>
    import('@/components/application/create-application-sheet').then(({ CreateApplicationSheet: sheet }) => sheet),
  ),
)

/** The panels that a shortcut or the command menu opens on any page; each loads on first use. */
export function Panels() {
  const panel = usePanel()
  const navigate = useNavigate()
  useEffect(() => listenForKeys((href) => leavePage(() => navigate(href))), [navigate])
  const own = { isOpen: true, onOpenChange: (isOpen: boolean) => isOpen || closePanel() }
  if (panel === 'commands') return <CommandMenu {...own} />
  if (panel === 'shortcuts') return <ShortcutSheet {...own} />
  if (panel === 'robot') return <CreateRobotSheet {...own} />
  if (panel === 'application') return <CreateApplicationSheet {...own} />
  return null
}
