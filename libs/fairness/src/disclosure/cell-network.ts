/**
 * A table with margins over a hierarchy of cohorts is a network: each number is an edge, each sum a node where what comes in goes out.
 * So what a reader can work out about a hidden number is a question of flows (Cox 1995, "Network models for complementary cell suppression").
 */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** Cost of hiding this number; margins are dear. */
  readonly cost: number;
}

/** What is hidden, and what is shown for good: it was shown elsewhere already. */
export interface Hiding {
  /** Grows by what has to be hidden as well. */
  readonly hidden: Set<number>;
  readonly pinned: ReadonlySet<number>;
}

/** A step along an edge, its number rising, or against it, its number falling. */
interface Step {
  readonly edge: number;
  readonly forward: boolean;
}

/** What searches in one network use again and again, so that each costs only what is near where it begins. */
interface Bench {
  /** Edges at a node, from `firstAt[node]` to before `firstAt[node + 1]`. */
  readonly firstAt: Int32Array;
  readonly edgesAt: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Numbers as they are, and as a search has moved them. */
  readonly flow: Float64Array;
  readonly cost: Float64Array;
  /** Nodes to which the cheapest way is known. */
  readonly done: Uint8Array;
  /** Edge + 1 by which a node was reached, negative where it is taken backward; 0 where it was not. */
  readonly by: Int32Array;
}

const benches = new WeakMap<readonly Edge[], Bench>();

const benchOf = (edges: readonly Edge[], nodes: number): Bench => {
  const known = benches.get(edges);
  if (known) return known;
  const at = Array.from({ length: nodes }, (): number[] => []);
  edges.forEach(({ from, to }, edge) => {
    at[from]!.push(edge);
    if (to !== from) at[to]!.push(edge);
  });
  const firstAt = new Int32Array(nodes + 1);
  at.forEach((some, node) => (firstAt[node + 1] = firstAt[node]! + some.length));
  const made = {
    firstAt,
    edgesAt: Int32Array.from(at.flat()),
    from: Int32Array.from(edges, ({ from }) => from),
    to: Int32Array.from(edges, ({ to }) => to),
    flow: Float64Array.from(edges, ({ value }) => value),
    cost: new Float64Array(nodes).fill(Infinity),
    done: new Uint8Array(nodes),
    by: new Int32Array(nodes),
  };
  benches.set(edges, made);
  return made;
};

/** The open node that is cheapest to reach. */
const takeCheapest = (open: number[], cost: Float64Array): number => {
  let best = 0;
  for (let place = 1; place < open.length; place++) if (cost[open[place]!]! < cost[open[best]!]!) best = place;
  const node = open[best]!;
  open[best] = open.at(-1)!;
  open.pop();
  return node;
};

/**
 * Cheapest way from node to node by edges whose hidden number may rise (forward) or fall (backward, no lower than 0). Dijkstra 1959; what
 * costs nothing more, as most does where much is hidden already, waits in a line of its own and needs no looking for.
 */
const cheapestWay = (edges: readonly Edge[], bench: Bench, { hidden, pinned }: Hiding, barred: number, start: number, goal: number): Step[] | null => {
  const { firstAt, edgesAt, from, to, flow, cost, done, by } = bench;
  const line = [start];
  let next = 0;
  const open: number[] = [];
  const reached = [start];
  cost[start] = 0;
  while (done[goal] === 0 && (next < line.length || open.length > 0)) {
    const node = next < line.length ? line[next++]! : takeCheapest(open, cost);
    if (done[node] === 1) continue;
    done[node] = 1;
    const here = cost[node]!;
    for (let place = firstAt[node]!; place < firstAt[node + 1]!; place++) {
      const edge = edgesAt[place]!;
      const forward = from[edge] === node;
      const other = forward ? to[edge]! : from[edge]!;
      if (done[other] === 1 || edge === barred || (!forward && flow[edge] === 0)) continue;
      if (cost[other]! <= here || pinned.has(edge)) continue;
      const sum = here + (hidden.has(edge) ? 0 : edges[edge]!.cost);
      if (sum >= cost[other]!) continue;
      if (cost[other] === Infinity) reached.push(other);
      if (sum === here) line.push(other);
      else if (cost[other] === Infinity) open.push(other);
      cost[other] = sum;
      by[other] = forward ? edge + 1 : -edge - 1;
      // nothing is cheaper than what costs no more than here
      if (other === goal && sum === here) done[goal] = 1;
    }
  }
  const way: Step[] = [];
  let node = goal;
  while (node !== start && by[node] !== 0) {
    const edge = Math.abs(by[node]!) - 1;
    const forward = by[node]! > 0;
    way.push({ edge, forward });
    node = forward ? from[edge]! : to[edge]!;
  }
  for (const one of reached) {
    cost[one] = Infinity;
    done[one] = 0;
    by[one] = 0;
  }
  return node === start ? way : null;
}; // prettier-ignore

/**
 * Hides more numbers until a reader of the rest could not exclude that the number at `edge` is `need` greater (or smaller) than it is.
 * O(need × nodes × edges) at worst.
 *
 * @returns false where what is pinned leaves no way; never without pinned numbers, for every number can rise along its own sum,
 * up to the grand total and back, and fall likewise
 */
export function protect(edges: readonly Edge[], hiding: Hiding, edge: number, need: number, nodes: number, upward = true): boolean {
  const bench = benchOf(edges, nodes);
  const { flow } = bench;
  const { from, to } = edges[edge]!;
  const moved: number[] = [];
  let open = need;
  while (open > 0) {
    const way = upward ? cheapestWay(edges, bench, hiding, edge, to, from) : cheapestWay(edges, bench, hiding, edge, from, to);
    if (way === null) break;
    const room = Math.min(open, ...way.filter(({ forward }) => !forward).map((step) => flow[step.edge]!));
    for (const step of way) {
      flow[step.edge]! += step.forward ? room : -room;
      moved.push(step.edge);
      hiding.hidden.add(step.edge);
    }
    open -= room;
  }
  for (const one of moved) flow[one] = edges[one]!.value;
  return open <= 0;
}
