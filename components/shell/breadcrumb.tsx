'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { useEventText } from '@/components/callback/use-event-text'
import { callbackQuery } from '@/components/queries/callback-queries'
import { applicationQuery, robotQuery } from '@/components/queries/queries'
import { qunQuery } from '@/components/qun/qun-queries'
import { robotName } from '@/components/robot/robot-name'
import { destinations, isUnder } from '@/components/shell/destinations'

const crumbs: { [section: string]: typeof RobotCrumb | undefined } = {
  robots: RobotCrumb,
  applications: ApplicationCrumb,
  quns: QunCrumb,
  callbacks: CallbackCrumb,
  overview: OverviewCrumb,
}

const overview = destinations.find(({ key }) => key === 'overview')!

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
      <Link href={section.href} className="whitespace-nowrap text-muted hover:text-ink">
        {t(section.key)}
      </Link>
      {id && (
        <>
          <span aria-hidden className="text-muted">
            /
          </span>
          <Crumb id={id} />
        </>
      )}
    </nav>
  )
}

/** The messages of all robots are reached from the overview. */
function OverviewCrumb({ id }: { id: string }) {
  const t = useTranslations('message')
  return <span className="truncate">{id === 'messages' ? t('title') : ''}</span>
}

// These components read only what the page has loaded.
function RobotCrumb({ id }: { id: string }) {
  const { data } = useQuery({ ...robotQuery(id), enabled: false })
  return <span className="truncate">{data ? robotName(data) : ''}</span>
}

function ApplicationCrumb({ id }: { id: string }) {
  const { data } = useQuery({ ...applicationQuery(id), enabled: false })
  return <span className="truncate">{data?.name ?? ''}</span>
}

function QunCrumb({ id }: { id: string }) {
  const { data } = useQuery({ ...qunQuery(id), enabled: false })
  return <span className="truncate">{data?.name ?? ''}</span>
}

function CallbackCrumb({ id }: { id: string }) {
  const t = useTranslations('callback.tab')
  const describe = useEventText()
  const { data } = useQuery({ ...callbackQuery(id), enabled: false })
  const text = id === 'endpoints' ? t('endpoints') : data ? describe(data.type) : ''
  return <span className="truncate">{text}</span>
}
