'use client'

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { OverviewView } from '@/lib/dashboard/overview/overview'
import { Card } from '@/components/ui/card'

/** The main job in five steps, each with a link to its page; completed steps have a tick. */
export function FirstSteps({ done }: { done: OverviewView['firstSteps'] }) {
  const t = useTranslations('overview')
  const robots = '/dashboard/robots'
  const ofRobot = (tab: string) => (done.robotId ? `${robots}/${done.robotId}/${tab}` : robots)
  const steps = [
    { key: 'application', href: '/dashboard/applications', isDone: done.hasApplication },
    { key: 'robot', href: robots, isDone: done.robotId !== null },
    { key: 'login', href: ofRobot('session'), isDone: done.hasOnline },
    { key: 'send', href: ofRobot('messages'), isDone: false },
    { key: 'receive', href: ofRobot('messages'), isDone: false },
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
