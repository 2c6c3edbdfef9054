import type { Edge } from "./graph.ts";

/**
 * Circles among the parts of each folder: files, rooms, blocks, wards, folders at the top. A circle of files is one of
 * the parts of the folder that holds them all, so one rule covers them all. Type imports count: two files that need
 * one another's types cannot be read apart.
 */
export function cycles(edges: readonly Edge[]): string[] {
  const byFolder = new Map<string, Map<string, Set<string>>>();
  for (const { from, to } of edges) {
    const [folder, own, other] = parts(from, to);
    if (own === other) continue;
    const graph = byFolder.get(folder) ?? new Map<string, Set<string>>();
    byFolder.set(folder, graph.set(own, (graph.get(own) ?? new Set()).add(other)));
  }
  return [...byFolder]
    .flatMap(([folder, graph]) => circles(graph).map((circle) => `${folder}: ${circle.join(" <> ")}`))
    .toSorted();
}

/** The folder that holds both files, and its parts in which they are. */
function parts(from: string, to: string): [folder: string, own: string, other: string] {
  const [a, b] = [from.split("/"), to.split("/")];
  let depth = 0;
  while (a[depth] === b[depth] && depth < a.length - 1) depth += 1;
  return [a.slice(0, depth).join("/") || "the repository", a[depth] ?? "", b[depth] ?? ""];
}

/** Groups of nodes that reach one another. */
function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reach = new Map([...graph.keys()].map((node) => [node, reachable(graph, node)]));
  const groups = [...reach].map(([node, reached]) =>
    [...reached].filter((other) => reach.get(other)?.has(node)).toSorted(),
  );
  const distinct = new Map(groups.filter(({ length }) => length > 1).map((group) => [group.join(), group]));
  return [...distinct.values()];
}

function reachable(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!found.has(node)) open.push(...(graph.get(node) ?? []));
    found.add(node);
  }
  return found;
}
