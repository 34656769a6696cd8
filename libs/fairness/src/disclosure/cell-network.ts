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

interface Step {
  readonly edge: number;
  readonly forward: boolean;
}

/** Cheapest way from node to node by edges whose hidden number may rise (forward) or fall (backward, no lower than 0). Bellman–Ford. */
const cheapestWay = (edges: readonly Edge[], flow: Float64Array, hidden: ReadonlySet<number>, barred: number, from: number, to: number, nodes: number): Step[] => {
  const cost = new Float64Array(nodes).fill(Infinity);
  const by = new Array<Step | undefined>(nodes);
  cost[from] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    edges.forEach((edge, index) => {
      if (index === barred) return;
      const price = hidden.has(index) ? 0 : edge.cost;
      const relax = (start: number, end: number, forward: boolean): void => {
        if (cost[start]! + price >= cost[end]!) return;
        cost[end] = cost[start]! + price;
        by[end] = { edge: index, forward };
        changed = true;
      };
      relax(edge.from, edge.to, true);
      if (flow[index]! > 0) relax(edge.to, edge.from, false);
    });
  }
  const way: Step[] = [];
  for (let node = to; node !== from; ) {
    const step = by[node]!; // every number can rise along its own sum, up to the grand total and back, so there is a way
    way.push(step);
    node = step.forward ? edges[step.edge]!.from : edges[step.edge]!.to;
  }
  return way;
};

/**
 * Hides more numbers until a reader of the rest could not exclude that the number at `edge` is `need` greater than it is. O(need × nodes × edges).
 *
 * @param hidden grows by what has to be hidden as well
 */
export function protect(edges: readonly Edge[], hidden: Set<number>, edge: number, need: number, nodes: number): void {
  const flow = Float64Array.from(edges, ({ value }) => value);
  for (let open = need; open > 0; ) {
    const way = cheapestWay(edges, flow, hidden, edge, edges[edge]!.to, edges[edge]!.from, nodes);
    const room = Math.min(open, ...way.filter(({ forward }) => !forward).map((step) => flow[step.edge]!));
    for (const step of way) {
      flow[step.edge]! += step.forward ? room : -room;
      hidden.add(step.edge);
    }
    open -= room;
  }
}
