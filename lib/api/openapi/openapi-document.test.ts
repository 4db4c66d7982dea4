import { expect, test } from "vitest";
import { CONTRACTS } from "../contracts.ts";
import { openApiDocument } from "./openapi-document.ts";

const document = openApiDocument();
const text = JSON.stringify(document);

test("every contract is described once, under an id of its own", () => {
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(ids.toSorted()).toEqual(CONTRACTS.map(({ operationId }) => operationId).toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test("every reference leads to a schema", () => {
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(20);
  for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? "");
  expect(text).not.toContain("$defs");
});

test("every parameter in a path is declared, and nothing else is", () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const operation of Object.values(methods)) {
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(
        declared.map(({ name }) => name),
        path,
      ).toEqual(inPath);
    }
  }
});

test("only what is public is described as open to everybody", () => {
  const open = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap((operation) => (operation.security === undefined ? [] : [path])),
  );
  expect(open.toSorted()).toEqual(["/", "/health", "/info", "/openapi.json"]);
});
