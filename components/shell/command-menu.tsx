'use client'

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { Command as Cmdk } from 'cmdk'
import AppWindow from 'lucide-react/icons/app-window'
import Bot from 'lucide-react/icons/bot'
import MessagesSquare from 'lucide-react/icons/messages-square'
import Users from 'lucide-react/icons/users'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useNavigate } from '@/components/leave/use-navigate'
import { useLayer } from '@/components/leave/use-layer'
import { leavePage } from '@/components/leave/unsaved-forms'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useErrorText } from '@/components/queries/use-error-text'
import { useComposedText } from '@/components/ui/use-composed-text'
import { useDebouncedValue } from '@/components/ui/use-debounced-value'
import type { Hit } from '@/lib/search/find-by-text'
import { CommandItem } from '@/components/shell/command-item'
import { type Command, useCommands } from '@/components/shell/use-commands'

const debounceMs = 150
const icons = { robot: Bot, application: AppWindow, qun: Users, room: MessagesSquare }
const kinds = ['robot', 'application', 'qun', 'room'] as const

/** Queries the best matches of each kind for a text. */
const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text],
    queryFn: () => callDashboard('/search', { query: { q: text } }),
    enabled: text !== '',
    placeholderData: text === '' ? undefined : keepPreviousData,
  })

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** A dialog that searches resources by name and runs commands, controlled by the keyboard. */
export function CommandMenu({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('command')
  const navigate = useNavigate()
  useLayer(isOpen, () => onOpenChange(false))
  const describe = useErrorText()
  const [text, setText] = useState('')
  const { setText: setComposedText, ...composed } = useComposedText(text, setText)
  const query = useDebouncedValue(text.trim(), debounceMs)
  const { data = [], error, isFetching } = useQuery(searchQuery(query))
  const { pages, actions } = useCommands()
  const hits = text.trim() ? data : []
  const fits = (command: Command) => command.text.toLowerCase().includes(text.trim().toLowerCase())
  const isSearching = isFetching || query !== text.trim()
  const close = (run: () => void) => () => {
    onOpenChange(false)
    run()
  }
  const open = (hit: Hit): Command => ({
    id: hit.id,
    text: hit.name,
    Icon: icons[hit.kind],
    run: () => leavePage(() => navigate(pathOf(hit))),
  })
  const groups = [
    ...kinds.map((kind) => ({
      key: kind,
      commands: hits.filter((hit) => hit.kind === kind).map((hit) => ({ ...open(hit), detail: hit.detail })),
    })),
    { key: 'page' as const, commands: pages.filter(fits) },
    { key: 'action' as const, commands: actions.filter(fits) },
  ]
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="animate-appear fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[calc(100dvh-24px)] max-w-[600px] flex-col overflow-hidden rounded-lg bg-surface shadow-raised outline-none sm:top-[12vh] sm:max-h-[70vh]"
        >
          <Dialog.Title className="sr-only">{t('title')}</Dialog.Title>
          <Cmdk label={t('title')} shouldFilter={false} loop className="flex min-h-0 flex-col">
            <Cmdk.Input
              {...composed}
              onValueChange={setComposedText}
              maxLength={100}
              placeholder={t('placeholder')}
              className="min-h-13 border-b border-subtle bg-transparent px-4 text-lg outline-none placeholder:text-muted"
            />
            <Cmdk.List className="min-h-0 overflow-y-auto overscroll-contain p-2" label={t('results')}>
              <Cmdk.Empty className="px-3 py-8 text-center text-muted">
                {error ? describe(error) : isSearching ? t('searching') : t('none', { text: text.trim() })}
              </Cmdk.Empty>
              {groups.map(
                ({ key, commands }) =>
                  commands.length > 0 && (
                    <Cmdk.Group
                      key={key}
                      heading={t(`group.${key}`)}
                      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
                    >
                      {commands.map((command) => (
                        <CommandItem
                          key={command.id}
                          command={command}
                          value={`${key} ${command.id}`}
                          onSelect={close(command.run)}
                        />
                      ))}
                    </Cmdk.Group>
                  ),
              )}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Returns the page of a match. */
function pathOf({ kind, id, name, robotId }: Hit): string {
  if (kind === 'room') return `/dashboard/robots/${robotId}/rooms?${new URLSearchParams({ q: name })}`
  return kind === 'robot' ? `/dashboard/robots/${id}/session` : `/dashboard/${kind}s/${id}`
}
