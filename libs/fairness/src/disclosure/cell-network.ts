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
  readonly edgesAt: readonly (readonly number[])[];
  /** Numbers as they are, and as a search has moved them. */
  readonly flow: Float64Array;
  readonly cost: Float64Array;
  /** Edge + 1 by which a node was reached, negative where it is taken backward; 0 where it was not. */
  readonly by: Int32Array;
}

const benches = new WeakMap<readonly Edge[], Bench>();

const benchOf = (edges: readonly Edge[], nodes: number): Bench => {
  const known = benches.get(edges);
  if (known) return known;
  const edgesAt = Array.from({ length: nodes }, (): number[] => []);
  edges.forEach(({ from, to }, edge) => {
    edgesAt[from]!.push(edge);
    if (to !== from) edgesAt[to]!.push(edge);
  });
  const made = {
    edgesAt,
    flow: Float64Array.from(edges, ({ value }) => value),
    cost: new Float64Array(nodes).fill(Infinity),
    by: new Int32Array(nodes),
  };
  benches.set(edges, made);
  return made;
};

/** The open node that is cheapest to reach. Few are open at a time: most ways are short and cost nothing. */
const takeCheapest = (open: number[], cost: Float64Array): number => {
  let best = 0;
  for (let place = 1; place < open.length; place++) if (cost[open[place]!]! < cost[open[best]!]!) best = place;
  const node = open[best]!;
  open[best] = open.at(-1)!;
  open.pop();
  return node;
};

/** Cheapest way from node to node by edges whose hidden number may rise (forward) or fall (backward, no lower than 0). Dijkstra 1959. */
const cheapestWay = (
  edges: readonly Edge[],
  { edgesAt, flow, cost, by }: Bench,
  { hidden, pinned }: Hiding,
  barred: number,
  from: number,
  to: number,
): Step[] | null => {
  const open = [from];
  const reached = [from];
  cost[from] = 0;
  while (open.length > 0) {
    const node = takeCheapest(open, cost);
    if (node === to) break;
    for (const edge of edgesAt[node]!) {
      if (edge === barred || pinned.has(edge)) continue;
      const { from: begin, to: end, cost: price } = edges[edge]!;
      const forward = begin === node;
      if (!forward && flow[edge] === 0) continue;
      const next = forward ? end : begin;
      const sum = cost[node]! + (hidden.has(edge) ? 0 : price);
      if (sum >= cost[next]!) continue;
      if (cost[next] === Infinity) {
        open.push(next);
        reached.push(next);
      }
      cost[next] = sum;
      by[next] = forward ? edge + 1 : -edge - 1;
    }
  }
  const way: Step[] = [];
  let node = to;
  while (node !== from && by[node] !== 0) {
    const edge = Math.abs(by[node]!) - 1;
    const forward = by[node]! > 0;
    way.push({ edge, forward });
    node = forward ? edges[edge]!.from : edges[edge]!.to;
  }
  for (const one of reached) {
    cost[one] = Infinity;
    by[one] = 0;
  }
  return node === from ? way : null;
};

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
