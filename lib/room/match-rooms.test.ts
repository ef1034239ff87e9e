import { describe, expect, it } from 'vitest'
import { matchRooms } from './match-rooms'
import type { KnownRoom, SeenRoom } from './room-evidence'

type Evidence = Partial<Pick<SeenRoom, 'wechatId' | 'headSeq'>> & {
  /** Everybody by one letter. */
  who?: string
}
const evidence = ({ who, wechatId = null, headSeq = null }: Evidence) => ({
  wechatId,
  headSeq,
  members: who ? [...who].map((letter) => [letter]) : null,
})
/** A room known from an earlier login. */
const stale = (id: string, name: string, more: Evidence & { isDoubtful?: boolean } = {}): KnownRoom => ({
  id,
  name,
  username: null,
  isDoubtful: more.isDoubtful ?? false,
  ...evidence(more),
})
/** A room known by its `@@…` of now. */
const current = (
  id: string,
  name: string,
  username: string,
  more: Evidence & { isDoubtful?: boolean } = {},
): KnownRoom => ({ ...stale(id, name, more), username })
const seen = (username: string, name: string, more: Evidence = {}): SeenRoom => ({ username, name, ...evidence(more) })

const team = 'abcdefgh'
const others = 'stuvwxyz'
const raw = { wechatId: '7@chatroom' }

/** `@@1` → the known id, `new`, `a?b` for a doubt between those (`p:` what holds the place), and `p→a` for a stand-in that proved to be it. */
type Expected = Record<string, string>
type Case = [guarantee: string, known: KnownRoom[], seen: SeenRoom[], expected: Expected]

const complete: Record<string, Case[]> = {
  'current @@…': [
    ['nothing known: all are new', [], [seen('@@1', '甲')], { '@@1': 'new' }],
    ['renamed while we looked on', [current('a', '旧', '@@1')], [seen('@@1', '新')], { '@@1': 'a' }],
    [
      'another room takes the name that a current one has',
      [current('a', '甲', '@@1')],
      [seen('@@1', '甲'), seen('@@2', '甲')],
      { '@@1': 'a', '@@2': 'new' },
    ],
    [
      'the raw id says that an @@… was given to the wrong room',
      [current('a', '甲', '@@1', raw)],
      [seen('@@1', '甲', { wechatId: '8@chatroom' })],
      { '@@1': 'new' },
    ],
  ],
  'raw WeChat id': [
    ['renamed while offline', [stale('a', '旧', raw)], [seen('@@9', '新', raw)], { '@@9': 'a' }],
    [
      'two swapped their names',
      [stale('a', '甲', raw), stale('b', '乙', { wechatId: '8@chatroom' })],
      [seen('@@8', '甲', { wechatId: '8@chatroom' }), seen('@@9', '乙', raw)],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'two of the same name',
      [stale('a', '同名', raw), stale('b', '同名', { wechatId: '8@chatroom' })],
      [seen('@@8', '同名', { wechatId: '8@chatroom' }), seen('@@9', '同名', raw)],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'another raw id is another room, whatever its name and members',
      [stale('a', '甲', { ...raw, who: team })],
      [seen('@@9', '甲', { wechatId: '8@chatroom', who: team })],
      { '@@9': 'new' },
    ],
    [
      'told late, it ends a doubt',
      [stale('a', '甲', { ...raw, who: team }), current('p', '甲', '@@9', { who: others, isDoubtful: true })],
      [seen('@@9', '甲', { ...raw, who: others })],
      { '@@9': 'p→a' },
    ],
    [
      'told late, it corrects an id given for want of evidence',
      [stale('a', '旧', raw), current('k', '新', '@@9')],
      [seen('@@9', '新', raw)],
      { '@@9': 'k→a' },
    ],
  ],
  picture: [
    [
      'renamed while offline',
      [stale('a', '旧', { headSeq: '5' })],
      [seen('@@9', '新', { headSeq: '5' })],
      { '@@9': 'a' },
    ],
    [
      'one picture for two rooms is no evidence',
      [stale('a', '甲', { headSeq: '5' }), stale('b', '乙', { headSeq: '5' })],
      [seen('@@9', '丙', { headSeq: '5' })],
      { '@@9': 'a?b' },
    ],
    [
      'members who are all others speak against it',
      [stale('a', '旧', { headSeq: '5', who: team })],
      [seen('@@9', '新', { headSeq: '5', who: others })],
      { '@@9': 'a?' },
    ],
    [
      'another picture speaks against nothing',
      [stale('a', '甲', { headSeq: '5' })],
      [seen('@@9', '甲', { headSeq: '6' })],
      { '@@9': 'a' },
    ],
  ],
  name: [
    [
      'one room of a name on either side',
      [stale('a', '甲'), stale('b', '乙')],
      [seen('@@8', '乙'), seen('@@9', '甲')],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'a room that grew tenfold',
      [stale('a', '甲', { who: 'abc' })],
      [seen('@@9', '甲', { who: 'abcdefghijklmnopqrstuvwxyz' })],
      { '@@9': 'a' },
    ],
    [
      'two of the same name and nothing else',
      [stale('a', '同名'), stale('b', '同名')],
      [seen('@@8', '同名'), seen('@@9', '同名')],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    ['one of two namesakes is left', [stale('a', '同名'), stale('b', '同名')], [seen('@@9', '同名')], { '@@9': 'a?b' }],
    [
      'a namesake appeared',
      [stale('a', '同名')],
      [seen('@@8', '同名'), seen('@@9', '同名')],
      { '@@8': 'a?', '@@9': 'a?' },
    ],
    [
      'another room of the name, with other people: left one, joined one',
      [stale('a', '老同学', { who: team })],
      [seen('@@9', '老同学', { who: others })],
      { '@@9': 'a?' },
    ],
    [
      'renamed to the old name of a room that is gone',
      [stale('a', '甲', { who: team }), stale('b', '乙', { who: others })],
      [seen('@@9', '乙', { who: team })],
      { '@@9': 'a?b' },
    ],
    [
      'two swapped their names, and only members say so',
      [stale('a', '甲', { who: team }), stale('b', '乙', { who: others })],
      [seen('@@8', '甲', { who: others }), seen('@@9', '乙', { who: team })],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    ['no name is no evidence', [stale('a', '')], [seen('@@9', '')], { '@@9': '?' }],
    ['described without a name is new', [stale('a', '')], [seen('@@9', '', { who: team })], { '@@9': 'new' }],
  ],
  members: [
    [
      'two of the same name',
      [stale('a', '同名', { who: team }), stale('b', '同名', { who: others })],
      [seen('@@8', '同名', { who: `${others}ab` }), seen('@@9', '同名', { who: team })],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'two of the same name and the same people',
      [stale('a', '同名', { who: team }), stale('b', '同名', { who: team })],
      [seen('@@8', '同名', { who: team }), seen('@@9', '同名', { who: team })],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    [
      'renamed while offline',
      [stale('a', '旧', { who: team })],
      [seen('@@9', '新', { who: `${team}x` })],
      { '@@9': 'a' },
    ],
    [
      'renamed while offline, half of them others',
      [stale('a', '旧', { who: team })],
      [seen('@@9', '新', { who: 'abcdefxy' })],
      { '@@9': 'a?' },
    ],
    [
      'three people are too few',
      [stale('a', '旧', { who: 'abc' })],
      [seen('@@9', '新', { who: 'abc' })],
      { '@@9': 'a?' },
    ],
    [
      'two rooms of nearly the same people, both renamed',
      [stale('a', '甲', { who: team }), stale('b', '乙', { who: `${team}x` })],
      [seen('@@8', '丙', { who: team }), seen('@@9', '丁', { who: `${team}x` })],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    [
      'a second group of the same people beside the first',
      [stale('a', '甲', { who: team })],
      [seen('@@8', '甲', { who: team }), seen('@@9', '甲二群', { who: team })],
      { '@@8': 'a', '@@9': 'new' },
    ],
    ['quite another room', [stale('a', '甲', { who: team })], [seen('@@9', '乙', { who: others })], { '@@9': 'new' }],
    [
      'a complete list ends a doubt',
      [stale('a', '旧', { who: team }), current('p', '新', '@@9', { isDoubtful: true })],
      [seen('@@9', '新', { who: team })],
      { '@@9': 'p→a' },
    ],
    [
      'what was decided or never in doubt is not asked again',
      [stale('a', '甲', { who: team }), current('k', '甲', '@@9')],
      [seen('@@9', '甲', { who: team })],
      { '@@9': 'k' },
    ],
    [
      'a stand-in that nobody decided on is known again itself',
      [stale('a', '甲', { who: team }), stale('p', '甲', { who: others, isDoubtful: true })],
      [seen('@@9', '甲', { who: others })],
      { '@@9': 'p:a?' },
    ],
    [
      'a stand-in and what it stood in for',
      [stale('a', '旧', { who: team }), stale('p', '新', { who: team, isDoubtful: true })],
      [seen('@@9', '新', { who: team })],
      { '@@9': 'p→a' },
    ],
  ],
}

/** One message, one change: what else there is has not been seen. */
const partial: Case[] = [
  ['the raw id is enough', [stale('a', '旧', raw)], [seen('@@9', '新', raw)], { '@@9': 'a' }],
  [
    'an unsaved room that speaks: name and members',
    [stale('a', '甲', { who: team })],
    [seen('@@9', '甲', { who: `${team}x` })],
    { '@@9': 'a' },
  ],
  ['a name alone: another may have it too', [stale('a', '甲')], [seen('@@9', '甲')], { '@@9': 'a?' }],
  [
    'members alone: it may be a second group of the same people',
    [stale('a', '甲', { who: team })],
    [seen('@@9', '乙', { who: team })],
    { '@@9': 'a?' },
  ],
  ['nobody has looked who is in it', [stale('a', '甲')], [seen('@@9', '乙')], { '@@9': '?' }],
  ['quite another room', [stale('a', '甲')], [seen('@@9', '乙', { who: team })], { '@@9': 'new' }],
  ['a room that is current is no candidate', [current('a', '甲', '@@1')], [seen('@@9', '甲')], { '@@9': 'new' }],
]

function outcome(known: KnownRoom[], rooms: SeenRoom[], isComplete: boolean): Expected {
  const matches = matchRooms(known, rooms, { isComplete })
  return Object.fromEntries(
    matches.map((match) => {
      const candidates = match.doubt?.map((room) => room.id).toSorted()
      const [first, ...more] = candidates ?? []
      const holder = match.known ? `${match.known.id}:` : ''
      if (candidates) return [match.seen.username, `${holder}${first ?? ''}?${more.join('?')}`]
      if (match.standIn) return [match.seen.username, `${match.standIn.id}→${match.known?.id}`]
      return [match.seen.username, match.known?.id ?? 'new']
    }),
  )
}

describe('A9: in a complete list', () => {
  for (const [kind, cases] of Object.entries(complete))
    it.each(cases)(`by ${kind}: %s`, (_guarantee, known, rooms, expected) => {
      expect(outcome(known, rooms, true)).toEqual(expected)
      const backwards = outcome(known.toReversed(), rooms.toReversed(), true)
      expect(backwards).toEqual(expected)
    })
})

describe('A9: in a part of the list', () => {
  it.each(partial)('%s', (_guarantee, known, rooms, expected) => {
    expect(outcome(known, rooms, false)).toEqual(expected)
  })
})
