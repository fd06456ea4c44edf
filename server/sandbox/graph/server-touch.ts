import { touchContact } from './mailbox.ts';
import type { ContactItem, Graph, Mailbox } from './state.ts';
import type { World } from '../world.ts';
import { isOn } from './switches.ts';

const touchAfterMs = 150;

/**
 * Exchange works on items after they were written, so that the etag a write answered is not final and the writer sees
 * its own write as a change. Off until its switch asks for it.
 */
export function touchAgain(graph: Graph, mailbox: Mailbox, item: ContactItem): void {
  afterWrite(graph.world, () => {
    if (mailbox.items.get(item.number) === item) touchContact(graph, mailbox, item);
  });
}

/** Calls `touch` a little later, where the switch asks for it. */
export function afterWrite(world: World, touch: () => void): void {
  if (isOn(world, 'serverTouches')) setTimeout(touch, touchAfterMs).unref();
}
