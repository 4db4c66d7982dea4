import type { Finding } from "./finding.ts";
import type { SourceFile } from "./source-file.ts";

/** Finds the sets of files that import each other in a circle, types included (Tarjan's algorithm). */
export function cycles(files: readonly SourceFile[]): Finding[] {
  const graph = new Map(files.map((file) => [file.path, targetsOf(file)]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];

  const visit = (node: string) => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lower(lowest, node, lowest.get(next) ?? 0);
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1 || graph.get(node)?.includes(node)) found.push(circle.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);

  return found.map((circle) => ({
    file: circle[0] ?? "",
    message: `import each other in a circle: ${circle.join(", ")}`,
  }));
}

function targetsOf(file: SourceFile): string[] {
  return file.imports.flatMap(({ target }) => (target === null ? [] : [target]));
}

function lower(lowest: Map<string, number>, node: string, value: number): void {
  lowest.set(node, Math.min(lowest.get(node) ?? value, value));
}
