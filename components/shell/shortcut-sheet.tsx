'use client'

import { useTranslations } from 'use-intl'
import { Kbd } from '@/components/ui/kbd'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Sheet } from '@/components/ui/sheet'
import { persistChoice, usePersistedChoice } from '@/components/ui/use-persisted-choice'
import { destinations } from '@/components/shell/destinations'
import { keyChoices } from '@/components/shell/listen-for-keys'

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** All keyboard shortcuts, and a switch for single-key ones. */
export function ShortcutSheet({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('shortcut')
  const nav = useTranslations('nav')
  const choice = usePersistedChoice('keys', keyChoices)
  const parts = [
    {
      title: t('everywhere'),
      lines: [
        { keys: ['Ctrl', 'K'], text: t('commands') },
        { keys: ['/'], text: t('search') },
        { keys: ['t'], text: t('times') },
        { keys: ['?'], text: t('sheet') },
        { keys: ['Esc'], text: t('close') },
      ],
    },
    {
      title: t('go'),
      lines: destinations.map(({ key, letter }) => ({ keys: ['g', letter], text: nav(key) })),
    },
    {
      title: t('lists'),
      lines: [
        { keys: ['j', '↓'], text: t('nextRow') },
        { keys: ['k', '↑'], text: t('previousRow') },
        { keys: ['Enter'], text: t('openRow') },
        { keys: ['x'], text: t('selectRow') },
      ],
    },
    {
      title: t('inbox'),
      lines: [
        { keys: ['r'], text: t('reply') },
        { keys: ['a'], text: t('assign') },
        { keys: ['e'], text: t('resolve') },
        { keys: ['n'], text: t('note') },
        { keys: ['/'], text: t('quickReply') },
      ],
    },
  ]
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('title')} description={t('hint')}>
      <div className="flex flex-col gap-6">
        {parts.map(({ title, lines }) => (
          <section key={title}>
            <h3 className="mb-1.5 text-sm font-medium text-muted">{title}</h3>
            <dl>
              {lines.map(({ keys, text }) => (
                <div key={text} className="flex items-center justify-between gap-4 border-b border-subtle py-1.5">
                  <dt>{text}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span>{t('single')}</span>
          <SegmentedControl
            label={t('single')}
            value={choice}
            onChange={(value) => persistChoice('keys', value)}
            choices={keyChoices.map((value) => ({ value, text: t(value) }))}
          />
        </div>
      </div>
    </Sheet>
  )
}
