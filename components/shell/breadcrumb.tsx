'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { channelQuery } from '@/components/alert/alert-queries'
import { useEventText } from '@/components/callback/use-event-text'
import { connectorQuery } from '@/components/connector/connector-queries'
import { callbackQuery } from '@/components/queries/callback-queries'
import { applicationQuery, robotQuery } from '@/components/queries/queries'
import { qunQuery } from '@/components/qun/qun-queries'
import { robotName } from '@/components/robot/robot-name'
import { destinations, isUnder } from '@/components/shell/destinations'

const crumbs: { [section: string]: ((props: { id: string }) => ReactNode) | undefined } = {
  robots: RobotCrumb,
  applications: ApplicationCrumb,
  quns: QunCrumb,
  callbacks: CallbackCrumb,
  overview: OverviewCrumb,
  settings: SettingsCrumb,
}

const settingsPages = ['operators', 'connectors', 'alerts', 'retention', 'audit', 'system'] as const

const overview = destinations.find(({ key }) => key === 'overview')!

const parentStyle = 'flex min-h-control items-center whitespace-nowrap text-muted hover:text-ink'

/** The current location: section, and the name of the page's resource. */
export function Breadcrumb() {
  const t = useTranslations('nav')
  const pathname = usePathname()
  const section = destinations.find(({ href }) => isUnder(pathname, href)) ?? overview
  const Crumb = crumbs[section.key]
  // Below the overview are pages; below the other sections are resources.
  const id = Crumb && pathname.split('/')[section.key === 'overview' ? 2 : 3]
  return (
    <nav aria-label={t('breadcrumb')} className="flex min-w-0 items-center gap-1.5">
      <Link href={section.href} className={parentStyle}>
        {t(section.key)}
      </Link>
      {id && <Crumb id={id} />}
    </nav>
  )
}

/** The messages of all robots are reached from the overview. */
function OverviewCrumb({ id }: { id: string }) {
  const t = useTranslations('message')
  return <Name text={id === 'messages' ? t('title') : ''} />
}

// These components read only what the page has loaded.
function RobotCrumb({ id }: { id: string }) {
  const { data } = useQuery({ ...robotQuery(id), enabled: false })
  return <Name text={data && robotName(data)} />
}

function ApplicationCrumb({ id }: { id: string }) {
  const { data } = useQuery({ ...applicationQuery(id), enabled: false })
  return <Name text={data?.name} />
}

function QunCrumb({ id }: { id: string }) {
  const { data } = useQuery({ ...qunQuery(id), enabled: false })
  return <Name text={data?.name} />
}

function CallbackCrumb({ id }: { id: string }) {
  const t = useTranslations('callback.tab')
  const describe = useEventText()
  const { data } = useQuery({ ...callbackQuery(id), enabled: false })
  const text = id === 'endpoints' ? t('endpoints') : data ? describe(data.type) : ''
  return <Name text={text} />
}

/** A page of the settings, and the connector or alert channel below it. */
function SettingsCrumb({ id }: { id: string }) {
  const t = useTranslations('settings.tab')
  const belowId = usePathname().split('/')[4] ?? ''
  const { data: connector } = useQuery({ ...connectorQuery(belowId), enabled: false })
  const { data: channel } = useQuery({ ...channelQuery(belowId), enabled: false })
  const page = settingsPages.find((key) => key === id)
  if (!page) return null
  if (!belowId) return <Name text={t(page)} />
  return (
    <>
      <Slash />
      <Link href={`/dashboard/settings/${page}`} className={parentStyle}>
        {t(page)}
      </Link>
      <Name text={page === 'connectors' ? connector?.name : channel?.name} />
    </>
  )
}

/** The last part; nothing before its page has loaded, or if there is no such page. */
function Name({ text }: { text: string | undefined }) {
  if (!text) return null
  return (
    <>
      <Slash />
      <span className="truncate">{text}</span>
    </>
  )
}

function Slash() {
  return (
    <span aria-hidden className="text-muted">
      /
    </span>
  )
}
