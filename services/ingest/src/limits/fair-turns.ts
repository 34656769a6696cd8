type Leave = () => void;

/**
 * Lets a bounded number of requests be worked on at once, and of those that wait one of each sender in turn: whoever sends ten
 * thousand at once waits behind themselves, and everybody else behind one of each.
 *
 * @example const leave = await turns.enter('t/lms'); try { … } finally { leave(); }
 */
export class FairTurns {
  private inside = 0;
  /** In the order in which senders have their turn. */
  private readonly waiting = new Map<string, Waiting[]>();

  /** @param most worked on at once: enough to fill a group of writes, few enough that a turn comes soon */
  constructor(private readonly most: number) {}

  /** @returns what to call when the work is done (calling it again does nothing); a promise of it where it has to wait */
  enter(sender: string): Leave | Promise<Leave> {
    if (this.inside < this.most) return this.begin();
    return new Promise((resolve) => {
      const queue = this.waiting.get(sender);
      if (queue) queue.push(resolve);
      else this.waiting.set(sender, [resolve]);
    });
  }

  private begin(): Leave {
    this.inside += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.inside -= 1;
      this.next();
    };
  }

  private next(): void {
    const [first] = this.waiting;
    if (first === undefined) return;
    const [sender, queue] = first;
    const resolve = queue.shift()!;
    this.waiting.delete(sender);
    if (queue.length > 0) this.waiting.set(sender, queue);
    resolve(this.begin());
  }
}

type Waiting = (leave: Leave) => void;
