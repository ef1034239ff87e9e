'use client'

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Overview } from '@/app/api/dashboard/views/overview'
import { Card } from '@/components/ui/card'

/** The main job in five steps, each with the page it is done on; what is done already has its tick. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const t = useTranslations('overview')
  const robots = '/dashboard/robots'
  const [robot] = [...overview.robots].sort((a, b) => Number(b.status === 'online') - Number(a.status === 'online'))
  const ofRobot = (tab: string) => (robot ? `${robots}/${robot.id}/${tab}` : robots)
  const has = (direction: 'in' | 'out') => overview.latestMessages.some((message) => message.direction === direction)
  const steps = [
    { key: 'application', href: '/dashboard/applications', isDone: overview.applicationCount > 0 },
    { key: 'robot', href: robots, isDone: overview.robots.length > 0 },
    { key: 'login', href: ofRobot('session'), isDone: overview.robots.some(({ status }) => status === 'online') },
    { key: 'send', href: ofRobot('messages'), isDone: has('out') },
    { key: 'receive', href: ofRobot('messages'), isDone: has('in') },
  ] as const
  const next = steps.find((step) => !step.isDone)
  return (
    <Card title={t('firstSteps')} hint={t('firstStepsHint')}>
      <ol className="flex flex-col">
        {steps.map((step, index) => (
          <li key={step.key} className="border-t border-subtle first:border-0">
            <Link href={step.href} className="-mx-2 flex items-start gap-3 rounded px-2 py-3 hover:bg-hover">
              <span
                aria-hidden
                className={clsx(
                  'mt-0.5 grid size-6 shrink-0 place-items-center rounded-full text-sm tabular-nums',
                  step.isDone ? 'bg-accent-soft text-accent-ink' : 'border border-field',
                  step === next && 'border-0 bg-accent text-on-accent',
                )}
              >
                {step.isDone ? <Check size={14} /> : index + 1}
              </span>
              <span className="min-w-0">
                <span className={clsx('font-medium', step.isDone && 'text-muted')}>{t(`steps.${step.key}.title`)}</span>
                {step.isDone && <span className="sr-only">{t('stepDone')}</span>}
                <span className="block text-sm text-muted">{t(`steps.${step.key}.hint`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  )
}
