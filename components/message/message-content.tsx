'use client'

import { useTranslations } from 'use-intl'
import type { MessageView } from '@/lib/dashboard/message/list'
import { Picture } from '@/components/ui/picture'

/** The content of a message: text, stored image, or a URL as text. */
export function MessageContent({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  if (message.imageUrl)
    return (
      <a href={message.imageUrl} target="_blank" rel="noreferrer" className="mt-1 inline-block">
        <Picture
          src={message.imageUrl}
          alt={t('type.image')}
          loading="lazy"
          className="max-h-40 min-h-10 max-w-full min-w-16 rounded border border-subtle bg-sunken"
        />
      </a>
    )
  if (message.fileUrl)
    return (
      <a href={message.fileUrl} className="mt-0.5 inline-block wrap-anywhere underline">
        {message.fileName ? t('fileNamed', { name: message.fileName }) : t('file')}
      </a>
    )
  if (message.type === 'text') return <p className="mt-0.5 wrap-anywhere whitespace-pre-wrap">{message.content}</p>
  return (
    <p className="mt-0.5 break-all">
      <span className="text-muted">{t(`type.${message.type}`)}</span>{' '}
      <span className="font-mono text-sm">{message.content}</span>
    </p>
  )
}
