import { NotFoundText } from '@/components/ui/not-found-text'

export default function ShellNotFound() {
  return <NotFoundText />
}
