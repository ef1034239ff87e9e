import { randomHex } from '@/simulator/world/random'
import type { Person, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

/** Adds a person to the world. @throws CONFLICT if the wxid is taken. */
export function addPerson(world: World, draft: Partial<Person> & { nickname: string }): Person {
  const wxid = draft.wxid ?? `wxid_${randomHex(7)}`
  if (!/^[A-Za-z][A-Za-z0-9_-]{2,39}$/.test(wxid) || wxid in Object.prototype)
    throw new WorldError('BAD_REQUEST', `${wxid} is no wxid`)
  if (Object.hasOwn(world.data.people, wxid)) throw new WorldError('CONFLICT', `the wxid ${wxid} is taken`)
  const person: Person = {
    alias: '',
    canLogIn: false,
    webLogin: 'allowed',
    sex: 0,
    province: '',
    city: '',
    signature: '',
    ...draft,
    wxid,
    uin: world.data.nextUin++,
  }
  world.data.people[wxid] = person
  world.data.friends[wxid] ??= {}
  touchWorld(world)
  return person
}
