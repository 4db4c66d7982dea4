import { expect, test } from "vitest";
import { parseSource } from "./parse-source.ts";
import { routesAndContracts } from "./routes-and-contracts.ts";

const route = (folder: string, method: string) =>
  parseSource(`app/api${folder}/route.ts`, `export const ${method} = handler;`);
const run = { method: "POST", path: "/agents/{agent_id}/runs" } as const;

test("a route without a contract is found, by its method, too", () => {
  expect(routesAndContracts([route("/secrets", "GET")], [])).toHaveLength(1);
  const both = [route("/agents/[agentId]/runs", "POST"), route("/agents/[agentId]/runs", "DELETE")];
  expect(routesAndContracts(both, [run]).map(({ message }) => message)).toEqual([
    "serves DELETE without a contract in lib/api/contracts",
  ]);
});

test("a contract without a route is found", () => {
  expect(routesAndContracts([], [run]).map(({ message }) => message)).toEqual([
    "no route.ts serves POST /agents/{agent_id}/runs",
  ]);
});

test("routes and contracts that agree pass, whatever the parameters are called; next-auth's are not ours", () => {
  const files = [route("/agents/[id]/runs", "POST"), route("", "GET"), route("/auth/[...nextauth]", "GET")];
  expect(routesAndContracts(files, [run, { method: "GET", path: "/" }])).toEqual([]);
});
