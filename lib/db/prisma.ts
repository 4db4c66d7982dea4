import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { PrismaClient } from "../../prisma/generated/client.ts";
import { database } from "./database.ts";

interface OpenTransaction {
  isOpen: boolean;
}

/**
 * The Prisma client over the pool of this process's database; one for as long as that database is open.
 * Inside `prisma().$transaction(async (tx) => …)` only `tx` works: on the embedded database the outer client would
 * wait for the transaction that waits for it, so using it there throws at once.
 */
export function prisma(): PrismaClient {
  const { pool } = database();
  const clients = processSingleton("prisma", () => new WeakMap<object, PrismaClient>());
  const existing = clients.get(pool);
  if (existing !== undefined) return existing;
  const made = guard(
    new PrismaClient({
      adapter: new PrismaPg(pool),
      transactionOptions: { maxWait: 10_000, timeout: 15_000 },
    }),
  );
  clients.set(pool, made);
  return made;
}

function guard(client: PrismaClient): PrismaClient {
  const current = processSingleton("prisma-transaction", () => new AsyncLocalStorage<OpenTransaction>());
  const begin = client.$transaction.bind(client) as (...parameters: unknown[]) => Promise<unknown>;
  const runTransaction: unknown = (work: unknown, options?: object) => {
    if (typeof work !== "function") return begin(work, options);
    const inTransaction = async (tx: unknown) => {
      const transaction = { isOpen: true };
      try {
        return await current.run(transaction, () => Reflect.apply(work, undefined, [tx]));
      } finally {
        transaction.isOpen = false;
      }
    };
    return begin(inTransaction, options);
  };
  return new Proxy(client, {
    get(target, key) {
      if (current.getStore()?.isOpen === true && key !== "then") {
        throw new Error("Use the transaction's own client (tx) inside $transaction, not prisma().");
      }
      return key === "$transaction" ? runTransaction : Reflect.get(target, key, target);
    },
  });
}
